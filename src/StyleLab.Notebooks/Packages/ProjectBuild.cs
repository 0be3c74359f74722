using System.Reflection.PortableExecutable;

namespace StyleLab.Notebooks.Packages;

/// <summary>Builds a project that a cell references.</summary>
internal static class ProjectBuild
{
    /// <summary>Builds into a new folder, so that a session never holds the files of another build.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="cancellation">Ends the build.</param>
    /// <exception cref="NotebookException">The project does not build.</exception>
    public static async Task<ResolvedFiles> RunAsync(string project, CancellationToken cancellation)
    {
        string output = Directory.CreateTempSubdirectory("stylelab-project-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TryDelete(output);
        string[] arguments =
        [
            "build", project, "--nologo", "-v:q", "-c", "Release", "-o", output, "-p:CopyLocalLockFileAssemblies=true",
        ];
        var (exitCode, text) = await Sdk.RunAsync(Path.GetDirectoryName(project)!, arguments, cancellation).ConfigureAwait(false);
        if (exitCode != 0)
            throw new NotebookException($"{Path.GetFileName(project)} does not build: {Sdk.FirstError(text)}.");

        var assemblies = Directory.GetFiles(output, "*.dll").Where(IsManaged).ToList();
        string native = Path.Combine(output, "runtimes", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, "native");
        return new ResolvedFiles([], assemblies, assemblies, Directory.Exists(native) ? Directory.GetFiles(native) : []);
    }

    private static bool IsManaged(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new PEReader(stream);
        return reader.HasMetadata;
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // A loaded file cannot be deleted on Windows; the system clears its temporary folder.
        }
    }
}
