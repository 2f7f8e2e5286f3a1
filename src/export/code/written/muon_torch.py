class Muon(torch.optim.Optimizer):
    """Muon for matrices. PyTorch's own computes in bfloat16, some percent off in every step."""

    def __init__(
        self,
        params,
        lr,
        momentum,
        weight_decay=0.0,
        nesterov=True,
        corrected=False,
        ns_steps=5,
        ns_coefficients=(3.4445, -4.775, 2.0315),
        eps=1e-7,
        clamps=False,
        scale="original",
        rms=0.2,
    ):
        numbers = dict(lr=lr, momentum=momentum, weight_decay=weight_decay, eps=eps, rms=rms)
        newton_schulz = dict(ns_steps=ns_steps, ns_coefficients=ns_coefficients)
        form = dict(nesterov=nesterov, corrected=corrected, clamps=clamps, scale=scale)
        super().__init__(params, numbers | newton_schulz | form)

    @torch.no_grad()
    def step(self, closure=None):
        if closure is not None:
            with torch.enable_grad():
                closure()
        for group in self.param_groups:
            for weights in group["params"]:
                self.move(weights, self.state[weights], group)

    def move(self, weights, state, group):
        t = state["t"] = state.get("t", 0) + 1
        momentum, gradient = group["momentum"], weights.grad
        average = state.setdefault("average", torch.zeros_like(weights))
        average.mul_(momentum).add_((1 - momentum) * gradient)
        now, later = 1.0, 1.0
        if group["corrected"]:
            now, later = 1 - momentum**t, 1 - momentum ** (t + 1)
        if group["nesterov"]:
            direction = momentum * average / later + (1 - momentum) * gradient / now
        else:
            direction = average / now
        direction = orthogonal(
            direction, group["ns_coefficients"], group["ns_steps"], group["eps"], group["clamps"]
        )
        weights.mul_(1 - group["lr"] * group["weight_decay"])
        weights.sub_(group["lr"] * length(group["scale"], group["rms"], *weights.shape) * direction)
