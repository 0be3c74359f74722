using StyleLab.Weights.Numpy;
using StyleLab.Weights.Onnx;
using StyleLab.Weights.PyTorch;

namespace StyleLab.Weights;

/// <summary>A way to store named tensors in a file.</summary>
/// <param name="Name">The name shown to users, at which an adjective stands: "a … file".</param>
/// <param name="Index">Finds the tensors in a file, from the stream's position on; throws <see cref="InvalidDataException"/>.</param>
internal sealed record WeightsFormat(string Name, Func<Stream, WeightsIndex> Index)
{
    public static readonly WeightsFormat Safetensors = new("safetensors", StyleLab.Safetensors.Index);
    public static readonly WeightsFormat Zip = new("PyTorch or NumPy", IndexZip);
    public static readonly WeightsFormat PyTorchStream = new("PyTorch", PyTorch.PyTorchStream.Index);
    public static readonly WeightsFormat Npy = new("NumPy", NumpyArray.Index);
    public static readonly WeightsFormat TorchSharp = new("TorchSharp", TorchSharpFile.Index);
    public static readonly WeightsFormat Onnx = new("ONNX", OnnxFile.Index);

    /// <summary>The extensions that weights files usually have, for messages.</summary>
    public const string Extensions = ".safetensors, .pth, .pt, .npz, .npy or .onnx";

    /// <summary>Tells the format from the contents; a file's name is not believed.</summary>
    /// <param name="stream">The file; its position stays.</param>
    /// <param name="what">The file as messages call it, at the beginning of a sentence.</param>
    /// <exception cref="StyleLabException">It is none of the formats.</exception>
    public static WeightsFormat Recognise(Stream stream, string what)
    {
        var position = stream.Position;
        var start = new byte[FileContent.StartLength];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = position;
        var bytes = start.AsSpan(0, length);
        // The length of a JSON header, which is below 2³², and the header's first character.
        if (length > 8 && bytes[8] == '{' && bytes[4..8].IndexOfAnyExcept((byte)0) < 0)
            return Safetensors;
        if (bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8))
            return Zip;
        if (bytes.StartsWith<byte>([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
            return Npy;
        // A pickle's first instruction names its protocol.
        if (length > 1 && bytes[0] == 0x80 && bytes[1] is >= 2 and <= 5)
            return PyTorchStream;
        if (OnnxFile.IsOne(bytes))
            return Onnx;
        if (TorchSharpFile.IsOneTensor(bytes, stream.Length - position))
            throw new StyleLabException(
                $"{what} is a single tensor of TorchSharp (Tensor.Save), without a name; save the module's weights, module.save(\"weights.dat\").");
        if (ForeignWeights.Recognise(bytes) is { } foreign)
            throw new StyleLabException($"{what} is {foreign}, which is not read; save the weights in the program that made it as {Extensions}.");
        // Last: a name is all that it begins with.
        if (TorchSharpFile.IsOne(bytes))
            return TorchSharp;
        var holds = length == 0 ? "is empty" : "holds " + FileContent.Recognize(bytes);
        throw new StyleLabException($"{what} {holds}; expected a file of weights: {Extensions}.");
    }

    private static WeightsIndex IndexZip(Stream stream)
    {
        var entries = ZipDirectory.Read(stream);
        return NumpyArchive.IsOne(entries) ? NumpyArchive.Index(stream, entries) : PyTorchArchive.Index(stream, entries);
    }
}
