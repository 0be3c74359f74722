using TorchSharp;

namespace StyleLab.TorchSharp.Tests.Pictures;

public class PictureTests
{
    [Fact]
    public void APictureIsATensorAndATensorAPicture()
    {
        var picture = Painted.Picture(7, 5, 0.8);
        using var tensor = picture.ToTorch();
        Assert.Equal([1, 3, 5, 7], tensor.shape);
        Assert.Equal(picture[2, 4, 1], tensor[0, 2, 4, 1].item<float>());
        Assert.Equal(picture.Values, Picture.FromTorch(tensor).Values);
        // A view in another order, without the first axis, of another type.
        using var turned = tensor[0].transpose(1, 2).to(torch.float64);
        var upright = Picture.FromTorch(turned);
        Assert.Equal((5, 7), (upright.Width, upright.Height));
        Assert.Equal(picture[1, 2, 6], upright[1, 6, 2]);
        using var half = (tensor * 3 - 1).to(torch.bfloat16).requires_grad_();
        Assert.Equal(picture[0, 1, 1] * 3 - 1, Picture.FromTorch(half)[0, 1, 1], 0.02f);
    }

    [Fact]
    public void WhatIsNoPictureIsRefusedInOneSentence()
    {
        Refused(torch.zeros(4, 3, 8, 8), "holds 4 pictures; take one of them, such as tensor[0].");
        Refused(torch.zeros(8, 8, 3), "got 8×8×3.");
        Refused(torch.zeros(1, 1, 8, 8), "got 1×1×8×8.");
        Refused(torch.tensor(1f), "got a single number.");
        Refused(torch.zeros(3, 0, 8), "got 3×0×8.");
        Refused(torch.zeros([3, 8, 8], torch.uint8), "got Byte; bytes are divided by 255 first");
        Refused(torch.full([3, 8, 8], float.NaN), "values that are not numbers");

        static void Refused(torch.Tensor tensor, string expected) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Picture.FromTorch(tensor)).Message);
    }
}
