namespace StyleLab;

/// <summary>A place on the horizontal axis of a plot that means something: a thin line with a label.</summary>
/// <param name="X">Where it is.</param>
/// <param name="Label">What it means, such as "128 px".</param>
public sealed record PlotMark(double X, string Label);
