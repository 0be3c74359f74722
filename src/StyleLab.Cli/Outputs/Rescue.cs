namespace StyleLab.Cli.Outputs;

/// <summary>Saves what was computed: what cannot be written to its place, because the disk is full or the folder is gone, goes elsewhere.</summary>
internal static class Rescue
{
    /// <summary>Saves to a path, or elsewhere, which is told.</summary>
    /// <param name="path">Where it should go.</param>
    /// <param name="save">Writes the file of the name it is given.</param>
    /// <returns>Where it is; another path than asked for means that the call has failed.</returns>
    /// <exception cref="StyleLabException">It could not be saved anywhere.</exception>
    public static string Save(string path, Action<string> save)
    {
        try
        {
            save(path);
            return path;
        }
        catch (StyleLabException error)
        {
            if (OtherPlace.TrySave(path, save) is not { } elsewhere)
                throw;
            Console.Error.WriteLine($"{error.Message} It was saved as {elsewhere} instead.");
            return elsewhere;
        }
    }
}
