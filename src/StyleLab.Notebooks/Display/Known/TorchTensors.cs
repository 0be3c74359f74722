using System.Globalization;

namespace StyleLab.Notebooks;

/// <summary>
/// Tensors of TorchSharp: what is a picture as a picture, all else in the words of PyTorch, <c>tensor([[1., 2.], [3., 4.]])</c>, and of a
/// large one its type, shape, device and range.
/// </summary>
internal static class TorchTensors
{
    private const int MostWhole = 1000, Edge = 3, SmallestSide = 8, MostPixels = 16_000_000;

    // Sharp edges of a picture that was resized or made leave its range by so much.
    private const double Overshoot = 0.1;

    public static MimeBundle Show(object tensor)
    {
        string kind = Members.Get(tensor, "dtype")!.ToString()!;
        if (TensorText.TorchName(kind) is not { } name)
            return new() { { MimeTypes.PlainText, tensor.ToString()! } };
        long[] whole = (long[])Members.Get(tensor, "shape")!;
        string about = $"{name}, {string.Join('×', whole)}, {Members.Get(tensor, "device")}";
        if (CountOf(whole) > MostWhole || IsPicture(kind, whole))
        {
            var (low, high) = Range(tensor);
            about += string.Create(CultureInfo.InvariantCulture, $", {low:G4} to {high:G4}");
            if (IsPicture(kind, whole) && low >= -Overshoot && high <= 1 + Overshoot)
                return KnownPicture.Of(MimeTypes.Png, Png(tensor, (int)whole[^1], (int)whole[^2]), $"Tensor, {about}");
        }

        var (shape, values, isCut) = Read(tensor, kind);
        string text = TensorText.Of(shape, values, isCut, name, Suffix(tensor));
        return new() { { MimeTypes.PlainText, CountOf(whole) > MostWhole ? $"{text}\n{about}" : text } };
    }

    private static long CountOf(long[] shape) => shape.Aggregate(1L, (count, side) => count * side);

    // Red, green and blue from 0 to 1, as StyleLab's own pictures become tensors.
    private static bool IsPicture(string kind, long[] shape) =>
        !TensorText.IsWhole(kind) && shape is [3, _, _] or [1, 3, _, _] && shape[^1] >= SmallestSide && shape[^2] >= SmallestSide && shape[^1] * shape[^2] <= MostPixels;

    /// <summary>The smallest and the largest value; not a number if one of them is not.</summary>
    private static (double Low, double High) Range(object tensor)
    {
        using var temporaries = new Temporaries(tensor);
        var type = Members.EnumBeside(tensor.GetType(), "TorchSharp.torch+ScalarType", "Float32");
        object floats = temporaries.Keep(Members.Call(temporaries.Keep(Members.Call(tensor, "detach")!), "to_type", type)!);
        return (One("min"), One("max"));

        double One(string method) => Data<float>(temporaries.Keep(Members.Call(temporaries.Keep(Members.Call(temporaries.Keep(
            Members.Call(floats, method)!), "cpu")!), "reshape", new[] { 1L })!))[0];
    }

    private static byte[] Png(object tensor, int width, int height)
    {
        using var temporaries = new Temporaries(tensor);
        var type = Members.EnumBeside(tensor.GetType(), "TorchSharp.torch+ScalarType", "Float32");
        object flat = temporaries.Keep(Members.Call(temporaries.Keep(Members.Call(temporaries.Keep(Members.Call(temporaries.Keep(
            Members.Call(tensor, "detach")!), "cpu")!), "to_type", type)!), "reshape", new[] { -1L })!);
        float[] values = Data<float>(flat);
        return PngBytes.Of(width, height, (channel, y, x) => (byte)MathF.Round(255 * Math.Clamp(values[(channel * height + y) * width + x], 0, 1)));
    }

    private static string Suffix(object tensor)
    {
        string device = Members.Get(tensor, "device")!.ToString()!;
        return (device.StartsWith("cpu", StringComparison.Ordinal) ? "" : $", device='{device}'")
            + ((bool)Members.Get(tensor, "requires_grad")! ? ", requires_grad=True" : "");
    }

    /// <summary>The values, of a large tensor those at the edges only.</summary>
    private static (long[] Shape, object[] Values, bool[] IsCut) Read(object tensor, string kind)
    {
        using var temporaries = new Temporaries(tensor);
        var current = temporaries.Keep(Members.Call(tensor, "detach")!);
        long[] shape = (long[])Members.Get(tensor, "shape")!;
        bool[] isCut = new bool[shape.Length];
        bool isLarge = CountOf(shape) > MostWhole;
        for (int axis = 0; isLarge && axis < shape.Length; axis++)
        {
            if (shape[axis] <= 2 * Edge)
                continue;
            var ends = Array.CreateInstance(Members.TypeBeside(tensor.GetType(), "TorchSharp.torch+Tensor"), 2);
            ends.SetValue(temporaries.Keep(Members.Call(current, "narrow", (long)axis, 0L, (long)Edge)!), 0);
            ends.SetValue(temporaries.Keep(Members.Call(current, "narrow", (long)axis, shape[axis] - Edge, (long)Edge)!), 1);
            current = temporaries.Keep(Members.CallStatic(Members.TypeBeside(tensor.GetType(), "TorchSharp.torch"), "cat", ends, (long)axis)!);
            isCut[axis] = true;
        }

        current = temporaries.Keep(Members.Call(temporaries.Keep(Members.Call(current, "cpu")!), "contiguous")!);
        bool isWhole = TensorText.IsWhole(kind);
        var type = Members.EnumBeside(tensor.GetType(), "TorchSharp.torch+ScalarType", isWhole ? "Int64" : "Float64");
        current = temporaries.Keep(Members.Call(current, "to_type", type)!);
        var values = isWhole ? Data<long>(current).Cast<object>() : Data<double>(current).Cast<object>();
        return ((long[])Members.Get(current, "shape")!, [.. values], isCut);
    }

    /// <summary>Tensors that were made on the way; they go with it, but not the one that is shown.</summary>
    private sealed class Temporaries(object shown) : IDisposable
    {
        private readonly List<object> _all = [];

        public object Keep(object temporary)
        {
            _all.Add(temporary);
            return temporary;
        }

        public void Dispose()
        {
            foreach (var temporary in _all.Distinct().Where(temporary => !ReferenceEquals(temporary, shown)))
                ((IDisposable)temporary).Dispose();
        }
    }

    private static T[] Data<T>(object tensor)
    {
        var data = tensor.GetType().GetMethods().First(method => method is { Name: "data", IsGenericMethodDefinition: true });
        return (T[])Members.Call(data.MakeGenericMethod(typeof(T)).Invoke(tensor, [.. data.GetParameters().Select(p => p.DefaultValue)])!, "ToArray")!;
    }
}
