namespace StyleLab;

/// <summary>A picture of an animation.</summary>
/// <param name="Picture">What is shown.</param>
/// <param name="Seconds">For how long.</param>
public sealed record AnimationFrame(Picture Picture, double Seconds);
