using System.Data.Common;
using System.Reflection;

namespace StyleLab.Notebooks;

/// <summary>A kind of database that cells can connect to, through a package of the user's.</summary>
/// <param name="Name">What stands behind <c>#!connect</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Assembly">The package and its assembly.</param>
/// <param name="Factory">The type of ADO.NET's factory in it.</param>
internal sealed record SqlProvider(string Name, string Title, string Assembly, string Factory)
{
    public static IReadOnlyList<SqlProvider> All { get; } = [new("sqlite", "SQLite", "Microsoft.Data.Sqlite", "Microsoft.Data.Sqlite.SqliteFactory")];

    /// <summary>A connection that is not open yet.</summary>
    /// <exception cref="NotebookException">The package is not there, or the text is no connection string.</exception>
    public DbConnection Connect(Script script, string connectionString)
    {
        var factory = script.FindAssembly(Assembly)?.GetType(Factory)?.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        if (factory is not DbProviderFactory known)
        {
            throw new NotebookException(
                $"{Title} needs the package {Assembly}, which the notebook brings: write #r \"nuget: {Assembly}\" in a cell above.");
        }

        var connection = known.CreateConnection()!;
        try
        {
            connection.ConnectionString = connectionString;
        }
        catch (ArgumentException wrong)
        {
            throw new NotebookException($"\"{connectionString}\" is no connection to {Title}: {wrong.Message.TrimEnd('.')}.", wrong);
        }

        return connection;
    }
}
