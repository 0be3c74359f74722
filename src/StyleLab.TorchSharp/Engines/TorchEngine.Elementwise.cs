using StyleLab.Tensors.Engines;
using TorchSharp;

namespace StyleLab;

// One or two values in, one value out; sums and their opposite. Each writes into the view of its result, where it can without a tensor in between.
public sealed partial class TorchEngine
{
    /// <inheritdoc/>
    public void Affine(Storage x, float scale, float offset, Storage y) => From(x, y, t => t.mul_(scale).add_(offset));

    /// <inheritdoc/>
    public void Relu(Storage x, Storage y) => From(x, y, t => t.relu_());

    /// <inheritdoc/>
    public void ReluGradient(Storage reluOutput, Storage gradient, Storage result) =>
        Into(result, () => torch.where(this[reluOutput].gt(0), this[gradient], _zero));

    /// <inheritdoc/>
    public void PositiveMask(Storage x, Storage mask) => Into(mask, () => this[x].gt(0));

    /// <inheritdoc/>
    public void Square(Storage x, Storage y) => From(x, y, t => t.mul_(this[x]));

    /// <inheritdoc/>
    public void Abs(Storage x, Storage y) => From(x, y, t => t.abs_());

    /// <inheritdoc/>
    public void Sign(Storage x, Storage y) => From(x, y, t => t.sign_());

    /// <inheritdoc/>
    public void Sqrt(Storage x, Storage y) => From(x, y, t => t.sqrt_());

    /// <inheritdoc/>
    public void Exp(Storage x, Storage y) => From(x, y, t => t.exp_());

    /// <inheritdoc/>
    public void Log(Storage x, Storage y) => From(x, y, t => t.log_());

    /// <inheritdoc/>
    public void Power(Storage x, float exponent, Storage y) => From(x, y, t => t.pow_(exponent));

    /// <inheritdoc/>
    public void Clamp(Storage x, float low, float high, Storage y) => From(x, y, t => t.clamp_(low, high));

    /// <inheritdoc/>
    public void Between(Storage x, float low, float high, Storage y) => Into(y, () => this[x].ge(low).logical_and_(this[x].le(high)));

    /// <inheritdoc/>
    public void Add(Storage x, Storage y, Storage result) => From(x, result, t => t.add_(this[y]));

    /// <inheritdoc/>
    public void Subtract(Storage x, Storage y, Storage result) => From(x, result, t => t.sub_(this[y]));

    /// <inheritdoc/>
    public void Multiply(Storage x, Storage y, Storage result) => From(x, result, t => t.mul_(this[y]));

    /// <inheritdoc/>
    public void Divide(Storage x, Storage y, Storage result) => From(x, result, t => t.div_(this[y]));

    /// <inheritdoc/>
    public void Maximum(Storage x, Storage y, Storage result) => Into(result, () => this[x].maximum(this[y]));

    /// <inheritdoc/>
    public void Minimum(Storage x, Storage y, Storage result) => Into(result, () => this[x].minimum(this[y]));

    /// <inheritdoc/>
    public void Above(Storage x, Storage y, Storage result)
    {
        using var _ = Begin();
        this[result].copy_(this[x].gt(this[y])).masked_fill_(this[x].eq(this[y]), 0.5f);
    }

    /// <inheritdoc/>
    public void SumTo(Storage x, Storage y) => Into(y, () => this[x].sum(Collapsed(x, y), keepdim: true));

    /// <inheritdoc/>
    public void MaxTo(Storage x, Storage y) => Into(y, () => this[x].amax(Collapsed(x, y), keepdim: true));

    /// <inheritdoc/>
    public void Broadcast(Storage x, Storage y) => From(x, y, t => t);

    /// <summary>The axes on which the result has size 1 and the input has not; one of no length has nothing to sum.</summary>
    private static long[] Collapsed(Storage x, Storage y)
    {
        long[] from = [x.Shape.Batch, x.Shape.Channels, x.Shape.Height, x.Shape.Width];
        long[] to = [y.Shape.Batch, y.Shape.Channels, y.Shape.Height, y.Shape.Width];
        return [.. Enumerable.Range(0, 4).Where(axis => from[axis] != to[axis]).Select(axis => (long)axis)];
    }

    /// <summary>Copies an input into the result, stretched, and changes it there.</summary>
    private void From(Storage x, Storage result, Func<torch.Tensor, torch.Tensor> change)
    {
        using var _ = Begin();
        change(this[result].copy_(this[x]));
    }

    /// <summary>Computes a tensor and copies it into the result.</summary>
    private void Into(Storage result, Func<torch.Tensor> compute)
    {
        using var _ = Begin();
        this[result].copy_(compute());
    }
}
