using System.Diagnostics;
using System.Globalization;

namespace StyleLab.Jupyter;

/// <summary>Tells when the process that started the kernel has died, so that no kernel outlives its notebook server.</summary>
internal sealed class ParentWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Timer _timer;

    /// <param name="parent">The process to watch.</param>
    /// <param name="died">Called once it is gone, perhaps more than once.</param>
    public ParentWatch(int parent, Action died) => _timer = new Timer(
        _ =>
        {
            if (!IsAlive(parent))
                died();
        },
        null, Interval, Interval);

    /// <summary>The process id that Jupyter passes to its kernels; null if none.</summary>
    public static int? ParentFromEnvironment =>
        int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && id > 0 ? id : null;

    public void Dispose() => _timer.Dispose();

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !IsZombie(id);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // On Linux a dead process is listed until its own parent has taken notice, which may be never in a container.
    private static bool IsZombie(int id)
    {
        try
        {
            // "id (name) state …"; the name may hold anything, also parentheses.
            string status = File.ReadAllText($"/proc/{id}/stat");
            return status[(status.LastIndexOf(')') + 1)..].TrimStart().StartsWith('Z');
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
