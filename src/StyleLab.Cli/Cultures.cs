using System.Globalization;
using System.Runtime.InteropServices;

namespace StyleLab.Cli;

/// <summary>
/// Cells may ask for the customs of any country (<c>new CultureInfo("de-DE")</c>); .NET takes those from ICU, a library of the
/// system, and ends the process where it is told to and there is none. Whatever a cell does not ask for is written as everywhere.
/// </summary>
internal static class Cultures
{
    private const string Mode = "System.Globalization.Invariant";

    /// <summary>To be called before anything is written or compared: .NET then reads its mode, once.</summary>
    /// <param name="args">The call: only cells need more than the invariant culture, and ICU takes its time to load.</param>
    public static void Begin(string[] args)
    {
        if (args is ["run", ..] or ["kernel", "run", ..] && SystemHasIcu())
            AppContext.SetSwitch(Mode, false);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
    }

    // Asks as .NET itself does, so that both come to the same answer.
    private static bool SystemHasIcu()
    {
        try
        {
            return OperatingSystem.IsWindows() || LoadIcu() != 0;
        }
        catch (Exception other) when (other is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libSystem.Globalization.Native", EntryPoint = "GlobalizationNative_LoadICU")]
    private static extern int LoadIcu();
}
