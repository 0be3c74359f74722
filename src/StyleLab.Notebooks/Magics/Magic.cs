namespace StyleLab.Notebooks;

/// <summary>An order to the session: a line that begins with <c>#!</c>.</summary>
/// <param name="Name">The name behind <c>#!</c>.</param>
/// <param name="Description">One line for <c>#!lsmagic</c>.</param>
/// <param name="Options">Its options, the one that a first word without <c>--</c> means first.</param>
/// <param name="Run">What it does.</param>
internal sealed record Magic(
    string Name, string Description, string[] Options, Action<IMagicCell, MagicArguments> Run);
