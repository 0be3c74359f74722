using System.ComponentModel;
using System.Diagnostics;

namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>A Python that has PyTorch.</summary>
internal static class PyTorchPython
{
    // The system's first: a virtual environment on the path often lacks what the distribution has.
    private static readonly string[] s_candidates = ["/usr/bin/python3", "python3"];

    /// <summary>What to do where there is none.</summary>
    public static string HowToInstall =>
        $"""
        PyTorch was not found: tried 'import torch, numpy' with {string.Join(" and ", s_candidates)}.
        Install it together with a fast BLAS, on Debian or Ubuntu with
            apt install python3-torch libopenblas0-pthread
        and elsewhere with
            pip install torch numpy
        """;

    /// <summary>The first Python that can import PyTorch and NumPy, or null.</summary>
    public static string? Find() => s_candidates.FirstOrDefault(HasPyTorch);

    private static bool HasPyTorch(string python)
    {
        try
        {
            var start = new ProcessStartInfo(python, ["-c", "import torch, numpy"]) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
