namespace StyleLab.Notebooks.Packages;

/// <summary>The packages and projects that the cells of a session asked for.</summary>
internal sealed class SessionPackages(string folder, ScriptReferences references)
{
    private readonly List<string> _sources = [];
    private readonly List<PackageRequest> _requests = [];
    private readonly Dictionary<string, ResolvedPackage> _installed = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _projects = [];

    /// <summary>Makes packages and projects known to the cells from here on. If one cannot be had, nothing
    /// changes.</summary>
    /// <returns>The packages that are new, with those that they brought along.</returns>
    /// <exception cref="NotebookException">One cannot be had, or not together with those that are there
    /// already.</exception>
    public async Task<IReadOnlyList<ResolvedPackage>> AddAsync(IReadOnlyList<ReferenceLine> lines, CellContext cell)
    {
        var sources = lines.Where(line => line.Kind == ReferenceKind.PackageSource).Select(line => Source(line.Text)).Except(_sources).ToList();
        var requests = New(lines.Where(line => line.Kind == ReferenceKind.Package).Select(line => PackageRequest.Parse(line.Text)));
        IReadOnlyList<ResolvedPackage> added = [];
        if (requests.Count > 0)
        {
            var list = new PackageList([.. requests.Select(Title)], cell);
            try
            {
                var project = new RestoreProject([.. _requests.Select(Pinned), .. requests], [.. _sources, .. sources], folder);
                added = Install(await list.WhileAsync(RestoreAsync(project, cell)).ConfigureAwait(false), requests);
                list.Finish([.. requests.Select(request => $"{request.Name}, {_installed[request.Name].Version}")]);
            }
            catch
            {
                list.Fail();
                throw;
            }
        }

        _sources.AddRange(sources);
        foreach (var line in lines.Where(line => line.Kind == ReferenceKind.Project))
            await AddProjectAsync(line.Text, cell.Cancellation).ConfigureAwait(false);
        return added;
    }

    private static string Title(PackageRequest request) =>
        request.Version == null ? request.Name : $"{request.Name}, {request.Version}";

    /// <summary>The requests that are not fulfilled yet.</summary>
    /// <exception cref="NotebookException">Another version is there already.</exception>
    private List<PackageRequest> New(IEnumerable<PackageRequest> requests)
    {
        var added = new List<PackageRequest>();
        foreach (var request in requests)
        {
            var same = _requests.Concat(added).FirstOrDefault(known => known.Name.Equals(request.Name, StringComparison.OrdinalIgnoreCase));
            if (same == null)
            {
                added.Add(request);
                continue;
            }

            string before = _installed.GetValueOrDefault(request.Name)?.Version ?? same.Version ?? "*";
            if (request.Version != null && request.Version != same.Version && !VersionRange.Allows(request.Version, before))
            {
                throw new NotebookException(
                    $"{request.Name} version {request.Version} cannot be added because version {before} was added previously; " +
                    "restart the kernel to change it.");
            }
        }

        return added;
    }

    /// <summary>Fetches packages in versions that fit those that are there already, which may be loaded and so must stay.</summary>
    private async Task<ResolvedFiles> RestoreAsync(RestoreProject project, CellContext cell)
    {
        var files = await PackageRestore.RunAsync(project, Warn, cell.Cancellation).ConfigureAwait(false);
        PackageRequest[] kept =
        [
            .. files.Packages.Where(package => _installed.GetValueOrDefault(package.Name) is { } before && before.Version != package.Version)
                .Select(package => new PackageRequest(package.Name, _installed[package.Name].Version)),
        ];
        return kept.Length == 0
            ? files
            : await PackageRestore.RunAsync(project with { Requests = [.. project.Requests, .. kept] }, Warn, cell.Cancellation).ConfigureAwait(false);

        void Warn(string warning) => cell.Outputs.Publish(new StreamOutput("stderr", warning + "\n"));
    }

    // The latest version of a later hour must not come into a session that has one already.
    private PackageRequest Pinned(PackageRequest request) => request with { Version = _installed[request.Name].Version };

    private List<ResolvedPackage> Install(ResolvedFiles files, List<PackageRequest> requests)
    {
        references.Add(files);
        _requests.AddRange(requests);
        return [.. files.Packages.Where(package => _installed.TryAdd(package.Name, package))];
    }

    private async Task AddProjectAsync(string text, CancellationToken cancellation)
    {
        string project = Path.GetFullPath(text, folder);
        if (!File.Exists(project))
            throw new NotebookException($"#r \"{text}\": there is no project {project}.");
        if (_projects.Contains(project))
            return;
        references.Add(await ProjectBuild.RunAsync(project, cancellation).ConfigureAwait(false));
        _projects.Add(project);
    }

    // A folder is given from where the notebook is.
    private string Source(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
            return text;
        string path = Path.GetFullPath(text, folder);
        return Directory.Exists(path)
            ? path
            : throw new NotebookException($"#i \"nuget: {text}\": there is no folder {path}; give a folder of packages or the address of a package source.");
    }
}
