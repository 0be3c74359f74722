using System.IO.Compression;
using System.Text;

namespace StyleLab.Tests.Weights;

/// <summary>Writes pickles and PyTorch files instruction by instruction, so that they can be wrong on purpose.</summary>
internal static class PickleBytes
{
    /// <summary>A pickle of protocol 2: bytes as they are, texts as Latin-1, one instruction or argument after the other.</summary>
    public static byte[] Pickle(params object[] parts) => [0x80, 2, .. Join(parts), (byte)'.'];

    public static byte[] Join(params object[] parts)
    {
        using var result = new MemoryStream();
        foreach (var part in parts)
            result.Write(part as byte[] ?? Encoding.Latin1.GetBytes((string)part));
        return result.ToArray();
    }

    public static byte[] Text(string value) => Join("X", BitConverter.GetBytes(value.Length), value);

    public static byte[] Number(int value) => Join("J", BitConverter.GetBytes(value));

    public static byte[] Number(long value) => Join("\x8a\x08", BitConverter.GetBytes(value));

    public static byte[] Tuple(params long[] values) => Join([.. new object[] { "(" }, .. values.Select(value => (object)Number(value)), "t"]);

    /// <summary>A tensor of storage '0'.</summary>
    public static byte[] Tensor(long[] shape, long[] strides, long offset = 0, long count = 4, string storage = "FloatStorage") => Join(
        "ctorch._utils\n_rebuild_tensor_v2\n((", Text("storage"), $"ctorch\n{storage}\n", Text("0"), Text("cpu"), Number(count), "tQ",
        Number(offset), Tuple(shape), Tuple(strides), "\x89}tR");

    /// <summary>The new form of a file whose data.pkl is this and whose storage '0' has these bytes.</summary>
    public static byte[] Archive(byte[] pickle, byte[] storage) => Zip(CompressionLevel.NoCompression, ("x/data.pkl", pickle), ("x/data/0", storage));

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] parts)
    {
        using var result = new MemoryStream();
        using (var zip = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name, level).Open();
                part.Write(content);
            }
        return result.ToArray();
    }

    /// <summary>The old form, with the new form's view of no storage.</summary>
    public static byte[] OldFile(byte[] pickle, byte[] storage, long count = 4) => Join(
        Pickle("\x8a\x0a", Convert.FromHexString("6CFC9C46F9206AA85019")), Pickle("M\xe9\x03"), Pickle("}", Text("little_endian"), "\x88s"),
        pickle, Pickle("]", Text("0"), "a"), BitConverter.GetBytes(count), storage);

    /// <summary>The same for the old form: a sixth item says that the storage is no view.</summary>
    public static byte[] OldTensor(long[] shape, long[] strides, long offset = 0, string view = "N") => Join(
        "ctorch._utils\n_rebuild_tensor_v2\n((", Text("storage"), "ctorch\nFloatStorage\n", Text("0"), Text("cpu"), Number(4), view, "tQ",
        Number(offset), Tuple(shape), Tuple(strides), "\x89}tR");
}
