namespace StyleLab.Notebooks;

/// <summary>Tensors of TorchSharp, in the words of PyTorch: <c>tensor([[1., 2.], [3., 4.]])</c>.</summary>
internal static class TorchTensors
{
    private const int MostWhole = 1000, Edge = 3;

    public static MimeBundle Show(object tensor)
    {
        string kind = Members.Get(tensor, "dtype")!.ToString()!;
        string text = TensorText.TorchName(kind) is { } name && Read(tensor, kind) is var (shape, values, isCut)
            ? TensorText.Of(shape, values, isCut, name, Suffix(tensor))
            : tensor.ToString()!;
        return new() { { MimeTypes.PlainText, text } };
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
        var made = new List<object>();
        try
        {
            var current = Keep(Members.Call(tensor, "detach")!);
            long[] shape = (long[])Members.Get(tensor, "shape")!;
            bool[] isCut = new bool[shape.Length];
            bool isLarge = shape.Aggregate(1L, (count, side) => count * side) > MostWhole;
            for (int axis = 0; isLarge && axis < shape.Length; axis++)
            {
                if (shape[axis] <= 2 * Edge)
                    continue;
                var ends = Array.CreateInstance(Members.TypeBeside(tensor.GetType(), "TorchSharp.torch+Tensor"), 2);
                ends.SetValue(Keep(Members.Call(current, "narrow", (long)axis, 0L, (long)Edge)!), 0);
                ends.SetValue(Keep(Members.Call(current, "narrow", (long)axis, shape[axis] - Edge, (long)Edge)!), 1);
                current = Keep(Members.CallStatic(Members.TypeBeside(tensor.GetType(), "TorchSharp.torch"), "cat", ends, (long)axis)!);
                isCut[axis] = true;
            }

            current = Keep(Members.Call(Keep(Members.Call(current, "cpu")!), "contiguous")!);
            bool isWhole = TensorText.IsWhole(kind);
            var type = Members.EnumBeside(tensor.GetType(), "TorchSharp.torch+ScalarType", isWhole ? "Int64" : "Float64");
            current = Keep(Members.Call(current, "to_type", type)!);
            var values = isWhole ? Data<long>(current).Cast<object>() : Data<double>(current).Cast<object>();
            return ((long[])Members.Get(current, "shape")!, [.. values], isCut);
        }
        finally
        {
            foreach (var temporary in made.Distinct().Where(temporary => !ReferenceEquals(temporary, tensor)))
                ((IDisposable)temporary).Dispose();
        }

        object Keep(object temporary)
        {
            made.Add(temporary);
            return temporary;
        }
    }

    private static T[] Data<T>(object tensor)
    {
        var data = tensor.GetType().GetMethods().First(method => method is { Name: "data", IsGenericMethodDefinition: true });
        return (T[])Members.Call(data.MakeGenericMethod(typeof(T)).Invoke(tensor, [.. data.GetParameters().Select(p => p.DefaultValue)])!, "ToArray")!;
    }
}
