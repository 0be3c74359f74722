using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using StyleLab.Tensors;

namespace StyleLab.Runs;

/// <summary>
/// A name for the code that computes, as src/CodeHash.targets gives it: the same for the same source, whatever commit or version it was built from.
/// </summary>
internal static class ComputingCode
{
    private const string Key = "CodeHash";

    /// <summary>64 hexadecimal digits.</summary>
    public static string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ',
        new[] { typeof(Tensor).Assembly, typeof(WeightsFile).Assembly, typeof(Picture).Assembly }.Select(Of)))));

    /// <summary>The number of one assembly's source; null if it was built without.</summary>
    public static string? Of(Assembly assembly) =>
        assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == Key)?.Value;
}
