namespace StyleLab.Cli.Progress;

/// <summary>How far a run is.</summary>
/// <param name="Fraction">The part done, 0..1.</param>
/// <param name="Text">One line about it.</param>
/// <param name="Stage">What is going on; a new stage is always worth a line.</param>
internal readonly record struct ProgressState(double Fraction, string Text, int Stage = 0);
