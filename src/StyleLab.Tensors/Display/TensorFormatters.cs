using System.Globalization;
using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Display;

/// <summary>A tensor in a notebook: what it is, and its values where they are there. Nothing is computed to show it.</summary>
internal sealed class TensorFormatters
{
    private const int FirstValues = 6;

    public IEnumerable<object> CreateTypeFormatters() => [new Text()];

    internal sealed class Text
    {
        public string MimeType => "text/plain";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not Tensor tensor)
                return false;
            writer.Write(tensor.ToString());
            if (tensor.Inputs.Count > 0)
                writer.Write($" of {string.Join(", ", tensor.Inputs)}");
            if (tensor.Operation is Constant { Values: var values })
                WriteValues(writer, values);
            else if (tensor.Operation is not Variable)
                writer.Write(" · not computed yet; ToArray() gives its values");
            return true;
        }

        private static void WriteValues(TextWriter writer, float[] values)
        {
            string first = string.Join(", ", values.Take(FirstValues).Select(value => Short(value)));
            string more = values.Length > FirstValues ? ", …" : "";
            if (values.Length > 1)
                writer.Write($" · {Short(values.Min())} to {Short(values.Max())}, mean {Short(values.Average(v => (double)v))}");
            writer.Write($" · [{first}{more}]");
        }

        private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
    }
}
