using System.Runtime.InteropServices;
using StyleLab.NativeLibraries;
using TorchSharp;

namespace StyleLab.LibTorch;

/// <summary>Loads the native libraries of torch before TorchSharp looks for them, which would answer with a page where one is missing.</summary>
internal static partial class Libtorch
{
    private static readonly Lock s_lock = new();
    private static bool s_isLoaded;

    /// <summary>Loads them, once.</summary>
    /// <exception cref="StyleLabException">They are not here or do not run here; says what to do.</exception>
    public static void Require()
    {
        lock (s_lock)
        {
            if (s_isLoaded)
                return;
            LetThreadsSleep();
            if (!IsFoundByItself())
                Load();
            TorchContext.SilenceNnpack();
            s_isLoaded = true;
        }
    }

    /// <summary>
    /// Between two operations the threads of libgomp, which libtorch brings along, wait awake for some milliseconds. On a machine that others use
    /// they take each other's time: two runs side by side on two cores took twenty times as long as one. What the user has set stays.
    /// </summary>
    private static void LetThreadsSleep()
    {
        if (OperatingSystem.IsLinux())
            _ = SetEnvironment("GOMP_SPINCOUNT", "10000", overwrite: 0);
    }

    // .NET's own environment is a copy, which native libraries do not see.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    /// <summary>Whether the ordinary way leads there: a program's own packages, or what a notebook's kernel knows.</summary>
    private static bool IsFoundByItself()
    {
        // What somebody named goes first.
        if (LibtorchFolders.Chosen is not null)
            return false;
        try
        {
            return NativeLibrary.TryLoad(LibtorchFolders.Glue, typeof(torch).Assembly, null, out _);
        }
        // A load context of another program.
        catch (DllNotFoundException)
        {
            return false;
        }
    }

    private static void Load()
    {
        string main = LibtorchFolders.Find("torch_cuda") ?? LibtorchFolders.Find("torch_cpu") ?? throw Missing();
        string glue = LibtorchFolders.Find(LibtorchFolders.Glue) ?? throw new StyleLabException(
            $"TorchSharp's own native library, {LibtorchFolders.FileOf(LibtorchFolders.Glue)}, is not here; add the package TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)}.");
        try
        {
            // What is loaded is found by its name from then on, wherever it lies.
            foreach (string library in new[] { "c10", "torch_cpu", "torch" })
                if (Path.Combine(Path.GetDirectoryName(main)!, LibtorchFolders.FileOf(library)) is var file && File.Exists(file))
                    NativeLibrary.Load(file);
            NativeLibrary.Load(main);
            UndemandingLibrary.Load(glue, NativeLibrary.Load);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new StyleLabException($"libtorch in {Path.GetDirectoryName(main)} does not run here: {Reason(e.Message)}.", e);
        }
    }

    private static StyleLabException Missing() => new(
        LibtorchFolders.Chosen is { } folder
            ? $"{LibtorchFolders.Variable} is '{folder}', and there is no {LibtorchFolders.FileOf("torch_cpu")}; give the folder of the libraries of libtorch {LibtorchFolders.Version}."
            : $"libtorch is not here: add #r \"nuget: {LibtorchFolders.Package}, {LibtorchFolders.Version}\" to the notebook or the package to the project, or run "
                + $"`dotnet package download {LibtorchFolders.Package}@{LibtorchFolders.Version} --output ~/.nuget/packages` once for the command.");

    // Of the runtime's page the line of the system's loader, which comes last.
    private static string Reason(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1].TrimEnd('.');
}
