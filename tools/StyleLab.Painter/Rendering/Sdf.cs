using System.Numerics;

namespace StyleLab.Painter;

/// <summary>Signed distances of simple shapes, and ways to combine them (Quilez's catalogue has the
/// derivations).</summary>
internal static class Sdf
{
    public static float Sphere(Vector3 p, Vector3 center, float radius) => Vector3.Distance(p, center) - radius;

    /// <summary>Good near the surface, an estimate farther away.</summary>
    public static float Ellipsoid(Vector3 p, Vector3 center, Vector3 radii)
    {
        var d = p - center;
        float inner = (d / radii).Length(), slope = (d / (radii * radii)).Length();
        return slope < 1e-6f ? -MathF.Min(radii.X, MathF.Min(radii.Y, radii.Z)) : inner * (inner - 1) / slope;
    }

    /// <summary>A rod with round ends whose radius may change from end to end.</summary>
    public static float Rod(Vector3 p, Vector3 from, Vector3 to, float fromRadius, float toRadius)
    {
        var axis = to - from;
        float t = Math.Clamp(Vector3.Dot(p - from, axis) / axis.LengthSquared(), 0f, 1f);
        return Vector3.Distance(p, from + axis * t) - (fromRadius + (toRadius - fromRadius) * t);
    }

    public static float Box(Vector3 p, Vector3 half)
    {
        var q = Vector3.Abs(p) - half;
        return Vector3.Max(q, Vector3.Zero).Length() + MathF.Min(MathF.Max(q.X, MathF.Max(q.Y, q.Z)), 0);
    }

    /// <summary>A ring in the horizontal plane.</summary>
    public static float Ring(Vector3 p, float radius, float thickness)
    {
        float out2 = MathF.Sqrt(p.X * p.X + p.Z * p.Z) - radius;
        return MathF.Sqrt(out2 * out2 + p.Y * p.Y) - thickness;
    }

    /// <summary>Union with a fillet of about <paramref name="blend"/>.</summary>
    public static float Join(float a, float b, float blend)
    {
        float h = MathF.Max(blend - MathF.Abs(a - b), 0) / blend;
        return MathF.Min(a, b) - h * h * blend * 0.25f;
    }

    /// <summary>What is in <paramref name="a"/> and not in <paramref name="b"/>, the edge rounded.</summary>
    public static float Carve(float a, float b, float blend) => -Join(-a, b, blend);

    public static Vector3 TurnY(Vector3 p, float angle)
    {
        var (sin, cos) = MathF.SinCos(angle);
        return new Vector3(cos * p.X - sin * p.Z, p.Y, sin * p.X + cos * p.Z);
    }

    public static Vector3 TurnX(Vector3 p, float angle)
    {
        var (sin, cos) = MathF.SinCos(angle);
        return new Vector3(p.X, cos * p.Y - sin * p.Z, sin * p.Y + cos * p.Z);
    }

    public static Vector3 TurnZ(Vector3 p, float angle)
    {
        var (sin, cos) = MathF.SinCos(angle);
        return new Vector3(cos * p.X - sin * p.Y, sin * p.X + cos * p.Y, p.Z);
    }
}
