using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>The machine the numbers hold for.</summary>
/// <param name="Processor">The model as the system names it.</param>
/// <param name="Stepping">Family, model and stepping: virtual machines often hide the name.</param>
/// <param name="Cores">Cores the process may use.</param>
/// <param name="MemoryGigabytes">Memory the process may use.</param>
/// <param name="System">The operating system.</param>
/// <param name="Load">Average number of busy threads in the minute before, where the system says it; not 0 means others worked too.</param>
internal sealed record Machine(string Processor, string Stepping, int Cores, double MemoryGigabytes, string System, string Load)
{
    private const string LoadFile = "/proc/loadavg";

    public static Machine Describe()
    {
        var cpu = ReadCpuInfo();
        return new(
            cpu.GetValueOrDefault("model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString(),
            cpu.ContainsKey("cpu family") ? $"family {cpu["cpu family"]}, model {cpu["model"]}, stepping {cpu["stepping"]}" : "",
            Environment.ProcessorCount,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
            RuntimeInformation.OSDescription,
            File.Exists(LoadFile) ? File.ReadAllText(LoadFile).Split(' ')[0] : "unknown");
    }

    /// <summary>The processor's name as a folder name.</summary>
    public string FolderName()
    {
        string plain = Regex.Replace(Processor, @"\((R|TM)\)|\bCPU\b|@.*", "", RegexOptions.IgnoreCase).ToLowerInvariant();
        var name = new StringBuilder();
        foreach (char c in plain)
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : ' ');
        return string.Join('-', name.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What Linux says of the first processor; nothing elsewhere.</summary>
    private static Dictionary<string, string> ReadCpuInfo()
    {
        const string file = "/proc/cpuinfo";
        if (!File.Exists(file))
            return [];
        return File.ReadLines(file).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(pair => pair[0], pair => pair[^1]);
    }
}
