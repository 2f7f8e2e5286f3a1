class Shampoo(torch.optim.Optimizer):
    """Shampoo, which PyTorch lacks: Adagrad with a matrix for each side of a matrix."""

    def __init__(self, params, lr, eps):
        super().__init__(params, dict(lr=lr, eps=eps))

    @torch.no_grad()
    def step(self, closure=None):
        if closure is not None:
            with torch.enable_grad():
                closure()
        for group in self.param_groups:
            for weights in group["params"]:
                self.move(weights, self.state[weights], group["lr"], group["eps"])

    def move(self, weights, state, lr, eps):
        gradient = weights.grad
        if not state:
            state["sums"] = [eps * torch.eye(size) for size in weights.shape]
        if gradient.dim() == 1:
            [total] = state["sums"]
            total.add_(torch.outer(gradient, gradient))
            weights.sub_(lr * power(total, -1 / 2, eps) @ gradient)
        else:
            left, right = state["sums"]
            left.add_(gradient @ gradient.T)
            right.add_(gradient.T @ gradient)
            weights.sub_(lr * power(left, -1 / 4, eps) @ gradient @ power(right, -1 / 4, eps))
