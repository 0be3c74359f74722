using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>Runs Jupyter's own programs.</summary>
internal static class Python
{
    private static readonly ConcurrentDictionary<string, bool> s_has = new();

    private static string Program => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>The path of one of our client programs.</summary>
    public static string Client(string name) => Path.Combine(AppContext.BaseDirectory, "clients", name);

    /// <summary>Whether modules are installed. Where CI=true they must be; elsewhere the test says that it did nothing.</summary>
    public static bool Has(ITestOutputHelper output, params string[] modules)
    {
        bool has = s_has.GetOrAdd(string.Join(", ", modules), CanImport);
        Assert.True(has || Environment.GetEnvironmentVariable("CI") != "true", $"CI needs python3 with {string.Join(", ", modules)} for this test.");
        if (!has)
            output.WriteLine($"Nothing was tested: python3 with {string.Join(", ", modules)} is not on this machine.");
        return has;
    }

    private static bool CanImport(string modules)
    {
        try
        {
            return Run([], "-c", $"import {modules}").ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public static (int ExitCode, string Output) Run((string Name, string Value)[] environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    public static Process Start((string Name, string Value)[] environment, params string[] arguments)
    {
        var call = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            call.Environment[name] = value;
        return Process.Start(call)!;
    }
}
