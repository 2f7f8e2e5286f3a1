def clipped(make, clip, limit):
    """Makes optimizers that clip the gradient before each step."""
    def made(parameters, **arguments):
        optimizer = make(parameters, **arguments)
        moved = [it for group in optimizer.param_groups for it in group["params"]]

        def before(*_):
            clip(moved, limit)

        optimizer.register_step_pre_hook(before)
        return optimizer
    return made
