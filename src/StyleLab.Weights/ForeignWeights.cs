using System.Text;

namespace StyleLab.Weights;

/// <summary>Names files of weights that other programs write and that are not read here, by their first bytes.</summary>
internal static class ForeignWeights
{
    /// <summary>What the file holds, such as <c>a Caffe model (.caffemodel)</c>; null if it is none of these.</summary>
    public static string? Recognise(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A])) return "an HDF5 file, as Keras writes (.h5)";
        if (start.StartsWith("MATLAB 5.0 MAT-file"u8)) return "a MATLAB file (.mat)";
        if (start.StartsWith("MATLAB 7.3 MAT-file"u8)) return "a MATLAB file (.mat)";
        if (start.StartsWith("GGUF"u8)) return "a GGUF file";
        if (start.Length >= 8 && start[4..8].SequenceEqual("TFL3"u8)) return "a TensorFlow Lite model (.tflite)";
        if (IsTorch7(start)) return "a Torch 7 file (.t7)";
        if (IsCaffe(start)) return "a Caffe model (.caffemodel)";
        return null;
    }

    // An object or a table, its index, and for an object the version "V 1" of three letters; or the same as lines of text.
    private static bool IsTorch7(ReadOnlySpan<byte> start) =>
        start.StartsWith<byte>([4, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, (byte)'V', (byte)' '])
        || start.StartsWith<byte>([3, 0, 0, 0, 1, 0, 0, 0])
        || start.StartsWith("4\n1\n3\nV "u8);

    // A protocol buffer whose first field is the network's name; a layer or an input follows.
    private static bool IsCaffe(ReadOnlySpan<byte> start)
    {
        if (start.Length < 4 || start[0] != 0x0A || start[1] == 0 || start[1] + 2 >= start.Length)
            return false;
        var name = start.Slice(2, start[1]);
        return Encoding.UTF8.GetString(name).All(c => !char.IsControl(c) && c != '\uFFFD') && start[start[1] + 2] is 0x12 or 0x1A or 0xA2;
    }
}
