using System.Numerics;

namespace StyleLab.Painter;

/// <summary>Solids and the light they stand in. All light is linear.</summary>
internal sealed class Scene
{
    public List<Solid> Solids { get; } = [];

    /// <summary>Towards the key light, of length 1.</summary>
    public required Vector3 KeyDirection { get; init; }

    public required Vector3 KeyLight { get; init; }

    /// <summary>Width of the key light: larger makes softer shadows.</summary>
    public float KeySize { get; init; } = 0.05f;

    /// <summary>What is seen, and reflected, in a direction that meets nothing.</summary>
    public required Func<Vector3, Vector3> Surroundings { get; init; }

    /// <summary>Light from all around that falls on a surface with this normal.</summary>
    public required Func<Vector3, Vector3> Ambient { get; init; }

    /// <summary>Changes the colour of what is seen at a distance: haze.</summary>
    public Func<Vector3, float, Vector3> Air { get; init; } = (color, _) => color;

    /// <summary>How far corners and crevices darken, in scene units.</summary>
    public float Occlusion { get; init; } = 0.5f;

    /// <summary>Nothing is seen beyond.</summary>
    public float Horizon { get; init; } = 100;
}

/// <summary>Follows rays through a scene by sphere tracing (Hart 1996).</summary>
internal sealed class RayMarcher(Scene scene)
{
    private readonly Solid[] _solids = [.. scene.Solids];

    /// <summary>The light that arrives along a ray.</summary>
    public Vector3 See(Vector3 origin, Vector3 direction, int bounces = 1)
    {
        if (Hit(origin, direction) is not (var solid, var distance))
            return scene.Surroundings(direction);
        var p = origin + direction * distance;
        var normal = Normal(solid, p, 0.0004f * distance + 0.0004f);
        var surface = solid.SurfaceAt(p, normal);
        var color = Light(solid, p, normal, direction, surface);
        if (surface.Gloss > 0.01f && bounces > 0)
        {
            float facing = MathF.Max(-Vector3.Dot(normal, direction), 0);
            float fresnel = surface.Gloss * (0.06f + 0.94f * MathF.Pow(1 - facing, 5));
            if (fresnel > 0.02f)
                color += fresnel * See(p + normal * (0.004f + 0.001f * distance), Vector3.Reflect(direction, normal),
                    bounces - 1);
        }
        return scene.Air(color, distance);
    }

    /// <summary>The first solid along a ray, if any, and how far away.</summary>
    public (Solid Solid, float Distance)? Hit(Vector3 origin, Vector3 direction)
    {
        Span<int> near = stackalloc int[_solids.Length];
        int count = Candidates(origin, direction, 0, near);
        float t = 0.002f;
        for (int step = 0; step < 260 && t < scene.Horizon; step++)
        {
            var p = origin + direction * t;
            var (distance, index) = Nearest(p, 0, near[..count]);
            if (distance < 0.00035f * t + 0.0003f)
                return (_solids[index], t);
            t += distance;
        }
        return null;
    }

    /// <summary>Part of the key light that reaches a point, 0..1, with soft edges (Quilez's penumbra
    /// estimate).</summary>
    public float Lit(Vector3 p)
    {
        Span<int> near = stackalloc int[_solids.Length];
        int count = Candidates(p, scene.KeyDirection, scene.KeySize, near);
        float lit = 1, t = 0.01f;
        for (int step = 0; step < 90 && t < scene.Horizon * 0.5f; step++)
        {
            float distance = Nearest(p + scene.KeyDirection * t, scene.KeySize * t, near[..count]).Distance;
            lit = MathF.Min(lit, 0.5f + 0.5f * distance / (scene.KeySize * t));
            if (lit <= 0)
                return 0;
            t += Math.Clamp(distance, 0.004f * t + 0.006f, 2f + 0.1f * t);
        }
        return lit * lit * (3 - 2 * lit);
    }

    public Vector3 Normal(Solid solid, Vector3 p, float step)
    {
        // Four corners of a tetrahedron: the cheapest symmetric differences.
        Vector3 a = new(1, -1, -1), b = new(-1, -1, 1), c = new(-1, 1, -1), d = new(1, 1, 1);
        return Vector3.Normalize(a * solid.Distance(p + a * step) + b * solid.Distance(p + b * step)
            + c * solid.Distance(p + c * step) + d * solid.Distance(p + d * step));
    }

    private Vector3 Light(Solid solid, Vector3 p, Vector3 normal, Vector3 direction, Surface surface)
    {
        var start = p + normal * (0.003f + 0.0008f * Vector3.Distance(p, solid.Center)
            * (float.IsFinite(solid.Reach) ? 0 : 1));
        float facing = Vector3.Dot(normal, scene.KeyDirection);
        float wrapped = MathF.Max((facing + surface.Softness) / (1 + surface.Softness), 0);
        float lit = wrapped > 0 ? Lit(start) : 0;
        float open = Openness(p, normal);
        // Light that crept under the skin comes out redder.
        var creep = surface.Softness * (wrapped - MathF.Max(facing, 0)) * new Vector3(0.5f, 0.1f, 0.04f);
        var color = surface.Albedo * (scene.KeyLight * (new Vector3(wrapped) + creep) * lit
            + scene.Ambient(normal) * open);
        var half = Vector3.Normalize(scene.KeyDirection - direction);
        float highlight = MathF.Pow(MathF.Max(Vector3.Dot(normal, half), 0), surface.Sharpness);
        return color + scene.KeyLight * (surface.Gloss * highlight * lit * 0.6f) + surface.Glow;
    }

    /// <summary>Ambient occlusion: how much nearer things are than open space would allow, at five steps along the
    /// normal.</summary>
    private float Openness(Vector3 p, Vector3 normal)
    {
        float closed = 0, weight = 1;
        for (int i = 1; i <= 5; i++, weight *= 0.72f)
        {
            float step = scene.Occlusion * i / 5, distance = step;
            foreach (var solid in _solids)
                if (float.IsInfinity(solid.Reach)
                    || Vector3.Distance(p, solid.Center) < solid.Reach + 2 * scene.Occlusion)
                    distance = MathF.Min(distance, solid.Distance(p + normal * step));
            closed += weight * (step - distance) / scene.Occlusion;
        }
        return Math.Clamp(1 - 0.62f * closed, 0.05f, 1f);
    }

    /// <summary>The solids whose bounding sphere a ray meets, or a cone that widens by <paramref name="widening"/> per
    /// unit.</summary>
    private int Candidates(Vector3 origin, Vector3 direction, float widening, Span<int> found)
    {
        int count = 0;
        for (int i = 0; i < _solids.Length; i++)
        {
            var to = _solids[i].Center - origin;
            float along = Vector3.Dot(to, direction), reach = _solids[i].Reach * 1.1f;
            reach += widening * MathF.Max(along, 0);
            if (float.IsInfinity(reach) || (along > -reach && to.LengthSquared() - along * along < reach * reach))
                found[count++] = i;
        }
        return count;
    }

    /// <summary>The nearest solid; farther than <paramref name="exact"/> the distance may be that of its bounding
    /// sphere.</summary>
    private (float Distance, int Index) Nearest(Vector3 p, float exact, ReadOnlySpan<int> candidates)
    {
        float nearest = 25;
        int index = -1;
        foreach (int i in candidates)
        {
            var solid = _solids[i];
            float around = Vector3.Distance(p, solid.Center) - solid.Reach;
            float distance = around > MathF.Max(0.1f * solid.Reach, exact) ? around : solid.Distance(p) * solid.Caution;
            if (distance < nearest)
                (nearest, index) = (distance, i);
        }
        return (nearest, index);
    }
}
