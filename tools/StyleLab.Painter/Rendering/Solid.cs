using System.Numerics;

namespace StyleLab.Painter;

/// <summary>What a surface looks like at one point, in linear light.</summary>
/// <param name="Albedo">The part of the light that it scatters, per colour.</param>
/// <param name="Gloss">Strength of the highlight and of reflections, 0..1.</param>
/// <param name="Sharpness">Exponent of the highlight: 10 is satin, 200 is glass.</param>
/// <param name="Glow">Light of its own.</param>
/// <param name="Softness">How far light creeps round the terminator, as in skin, 0..1.</param>
internal readonly record struct Surface(
    Vector3 Albedo, float Gloss = 0, float Sharpness = 20, Vector3 Glow = default, float Softness = 0);

/// <summary>A thing in a scene, described by the distance to its surface (a signed distance function) inside a bounding
/// sphere.</summary>
internal abstract class Solid
{
    public Vector3 Center { get; init; }

    /// <summary>Radius of the sphere round <see cref="Center"/> that holds it all; infinite for the ground.</summary>
    public float Reach { get; init; } = float.PositiveInfinity;

    /// <summary>Part of the distance that a ray may safely go, below 1 for surfaces with added relief.</summary>
    public float Caution { get; init; } = 1f;

    /// <summary>Signed distance from a point, negative inside; may be an underestimate.</summary>
    public abstract float Distance(Vector3 p);

    /// <summary>The surface at a point on it.</summary>
    public abstract Surface SurfaceAt(Vector3 p, Vector3 normal);
}

/// <summary>A solid from two functions.</summary>
internal sealed class Shaped(Func<Vector3, float> distance, Func<Vector3, Vector3, Surface> surface) : Solid
{
    public override float Distance(Vector3 p) => distance(p);

    public override Surface SurfaceAt(Vector3 p, Vector3 normal) => surface(p, normal);
}
