using StyleLab.LibTorch;
using TorchSharp;

namespace StyleLab;

/// <summary>Pictures as tensors of torch, and back.</summary>
public static class TorchPictureExtensions
{
    /// <summary>The picture as a tensor of float32, 1×3×Height×Width, RGB 0..1; a copy. Alpha is left out: transparent pictures lie on white.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>mps</c>.</param>
    /// <exception cref="StyleLabException">libtorch is not here, or has no such device; says what to do.</exception>
    public static torch.Tensor ToTorch(this Picture picture, string device = "cpu")
    {
        // In a method of its own: the first use of torch must come after.
        var engine = TorchEngine.On(device);
        return TorchMemory.Of(picture.Values, [1, 3, picture.Height, picture.Width], engine.Device);
    }

    extension(Picture)
    {
        /// <summary>The picture of a tensor; a copy.</summary>
        /// <param name="tensor">3×Height×Width or 1×3×Height×Width, a floating type on any device, RGB 0..1. What is beyond stays, and is cut when the picture is saved or shown.</param>
        /// <exception cref="ArgumentException">It has another shape or type, or holds values that are not numbers.</exception>
        public static Picture FromTorch(torch.Tensor tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            string shape = string.Join('×', tensor.shape);
            if (tensor.shape is [var count, 3, _, _] && count != 1)
                throw new ArgumentException($"The tensor of {shape} holds {count} pictures; take one of them, such as tensor[0].");
            if (tensor.shape is not ([3, > 0, > 0] or [1, 3, > 0, > 0]))
                throw new ArgumentException($"A picture is a tensor of 3×Height×Width or 1×3×Height×Width, got {(shape.Length == 0 ? "a single number" : shape)}.");
            if (!tensor.is_floating_point())
                throw new ArgumentException($"A picture is a tensor of floats from 0 to 1, got {tensor.dtype}; bytes are divided by 255 first: tensor.to(torch.float32) / 255.");
            var (height, width) = (checked((int)tensor.shape[^2]), checked((int)tensor.shape[^1]));
            // Refuses a size that no picture has.
            var picture = new Picture(width, height);
            using var scope = torch.NewDisposeScope();
            TorchMemory.Read(tensor.detach().to(torch.float32), picture.Values);
            return Array.TrueForAll(picture.Values, float.IsFinite) ? picture
                : throw new ArgumentException("The tensor holds values that are not numbers (NaN or infinity), which no picture has.");
        }
    }
}
