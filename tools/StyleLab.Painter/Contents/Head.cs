using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A woman's head that looks along −z, y up, the skull about 1.6 high round the origin.</summary>
internal sealed class Head : Solid
{
    private static readonly Vector3 Eye = new(0.275f, 0.07f, -0.60f);
    private const float EyeRadius = 0.16f;
    private readonly Func<Vector3, Vector3> _toHead;
    private readonly Func<Vector3, Vector3> _turnOnly;

    /// <param name="toHead">From scene to head coordinates.</param>
    public Head(Func<Vector3, Vector3> toHead)
    {
        _toHead = toHead;
        var origin = toHead(Vector3.Zero);
        _turnOnly = d => toHead(d) - origin;
        Caution = 0.85f;
    }

    public override float Distance(Vector3 p)
    {
        var q = _toHead(p);
        return MathF.Min(Skin(q), Eyeball(q));
    }

    /// <summary>The same on both sides of the face.</summary>
    private static Vector3 Mirrored(Vector3 q) => q with { X = MathF.Abs(q.X) };

    private static float Eyeball(Vector3 q) => Sdf.Sphere(Mirrored(q), Eye, EyeRadius);

    private static float Skin(Vector3 q)
    {
        var m = Mirrored(q);
        float skull = Sdf.Ellipsoid(q, new(0, 0.28f, 0.06f), new(0.66f, 0.74f, 0.82f));
        float face = Sdf.Ellipsoid(q, new(0, -0.18f, -0.18f), new(0.53f, 0.76f, 0.60f));
        float d = Sdf.Join(skull, face, 0.25f);
        if (d > 0.6f)
            return MathF.Min(d - 0.1f, Neck(q));
        d = Sdf.Join(d, Sdf.Sphere(q, new(0, -0.80f, -0.50f), 0.13f), 0.22f);
        d = Sdf.Join(d, Sdf.Rod(m, new(0.12f, -0.74f, -0.45f), new(0.46f, -0.36f, 0.05f), 0.1f, 0.1f), 0.2f);
        d = Sdf.Join(d, Sdf.Sphere(m, new(0.33f, -0.17f, -0.50f), 0.17f), 0.22f);
        d = Sdf.Join(d, Sdf.Rod(m, new(0.13f, 0.25f, -0.74f), new(0.42f, 0.25f, -0.57f), 0.045f, 0.03f), 0.16f);
        d = Sdf.Carve(d, Sdf.Ellipsoid(m, new(0.27f, 0.09f, -0.81f), new(0.16f, 0.105f, 0.15f)), 0.15f);
        d = Nose(d, q, m);
        d = Mouth(d, q, m);
        d = Lids(d, m);
        return Sdf.Join(d, Neck(q), 0.12f);
    }

    private static float Neck(Vector3 q) =>
        Sdf.Rod(q, new(0, -0.5f, 0.12f), new(0.0f, -1.6f, 0.22f), 0.33f, 0.36f);

    private static float Nose(float d, Vector3 q, Vector3 m)
    {
        d = Sdf.Join(d, Sdf.Rod(q, new(0, 0.14f, -0.74f), new(0, -0.21f, -0.93f), 0.045f, 0.068f), 0.12f);
        d = Sdf.Join(d, Sdf.Sphere(q, new(0, -0.235f, -0.945f), 0.07f), 0.05f);
        d = Sdf.Join(d, Sdf.Ellipsoid(m, new(0.088f, -0.265f, -0.85f), new(0.058f, 0.05f, 0.075f)), 0.05f);
        return Sdf.Carve(d, Sdf.Ellipsoid(m, new(0.045f, -0.31f, -0.88f), new(0.028f, 0.03f, 0.04f)), 0.03f);
    }

    private static float Mouth(float d, Vector3 q, Vector3 m)
    {
        d = Sdf.Join(d, Sdf.Ellipsoid(q, new(0, -0.52f, -0.66f), new(0.24f, 0.16f, 0.11f)), 0.12f);
        d = Sdf.Join(d, Sdf.Rod(m, new(0.035f, -0.475f, -0.785f), new(0.185f, -0.51f, -0.70f), 0.034f, 0.012f), 0.04f);
        d = Sdf.Join(d, Sdf.Rod(m, new(0.0f, -0.565f, -0.775f), new(0.16f, -0.525f, -0.70f), 0.045f, 0.012f), 0.04f);
        d = Sdf.Carve(d, Sdf.Rod(m, new(0, -0.514f, -0.84f), new(0.21f, -0.512f, -0.715f), 0.016f, 0.012f), 0.022f);
        return Sdf.Carve(d, Sdf.Rod(q, new(0, -0.36f, -0.85f), new(0, -0.43f, -0.83f), 0.02f, 0.025f), 0.05f);
    }

    /// <summary>A shell round the eyeball, open where the eye looks out.</summary>
    private static float Lids(float d, Vector3 m)
    {
        var e = m - Eye;
        float shell = e.Length() - EyeRadius - 0.022f;
        float bow = e.X * e.X * 2.2f;
        float upper = MathF.Max(shell, 0.062f - bow - e.Y);
        float lower = MathF.Max(shell, e.Y + 0.052f - bow);
        d = Sdf.Carve(d, MathF.Max(MathF.Max(e.Y - 0.062f + bow, -0.052f + bow - e.Y), e.Length() - EyeRadius - 0.05f),
            0.012f);
        return Sdf.Join(d, MathF.Min(upper, lower), 0.025f);
    }

    public override Surface SurfaceAt(Vector3 p, Vector3 normal)
    {
        var q = _toHead(p);
        return Eyeball(q) < Skin(q) ? EyeSurface(q) : SkinSurface(q, _turnOnly(normal));
    }

    private static Surface EyeSurface(Vector3 q)
    {
        // Both eyes look the same way: a little towards the light.
        var e = q - Eye with { X = MathF.CopySign(Eye.X, q.X) };
        var gaze = Vector3.Normalize(new Vector3(-0.10f, 0.015f, -1));
        float off = Vector3.Distance(e / EyeRadius, gaze);
        var white = Shade.Linear(0xd9d0c6) * (1 - 0.35f * Shade.Ramp(0.3f, 1f, MathF.Abs(e.X) / EyeRadius));
        var fibers = 0.8f + 0.5f * Noise.At(MathF.Atan2(e.Y, e.X - gaze.X * EyeRadius) * 6, off * 3, 301);
        var iris = Shade.Mix(Shade.Linear(0x5a3d22), Shade.Linear(0x8a6534), Shade.Ramp(0.2f, 0.38f, off)) * fibers
            * Shade.Ramp(0.46f, 0.40f, off);
        var color = Shade.Mix(iris, white, Shade.Ramp(0.42f, 0.46f, off)) * Shade.Ramp(0.16f, 0.2f, off);
        // Shadow of the upper lid and lashes.
        color *= Shade.Ramp(0.075f, 0.03f, e.Y + 0.5f * e.X * e.X);
        return new Surface(color, 0.9f, 260);
    }

    private static Surface SkinSurface(Vector3 q, Vector3 normal)
    {
        var m = Mirrored(q);
        float mottle = Noise.Fractal(q * 5, 3, 311);
        var color = Shade.Linear(0xdba583) * (1 + 0.05f * mottle);
        float Near(Vector3 spot, float size) => MathF.Exp(-Vector3.DistanceSquared(m, spot) / (size * size));
        float blush = 0.55f * Near(new(0.36f, -0.22f, -0.6f), 0.2f) + 0.5f * Near(new(0, -0.25f, -0.98f), 0.11f)
            + 0.3f * Near(new(0, -0.84f, -0.6f), 0.13f);
        color = Shade.Mix(color, Shade.Linear(0xc9604c), MathF.Min(blush, 1) * 0.55f);
        // Lips: between two curves round the mouth's line.
        float top = -0.438f - 0.32f * m.X + 0.035f * Shade.Ramp(0.05f, 0f, m.X) * -1
            + 0.02f * Shade.Ramp(0.1f, 0.04f, m.X);
        float bottom = -0.618f + 2.6f * m.X * m.X;
        float lips = Shade.Ramp(0.008f, -0.012f, q.Y - top) * Shade.Ramp(-0.010f, 0.012f, q.Y - bottom)
            * Shade.Ramp(0.215f, 0.185f, m.X) * Shade.Ramp(-0.45f, -0.6f, q.Z);
        color = Shade.Mix(color, Shade.Linear(0xa8403c) * (0.95f + 0.2f * Noise.At(q.X * 40, q.Y * 6, 313)),
            lips * 0.85f);
        color *= 1 - 0.6f * lips * Shade.Ramp(0.016f, 0.004f, MathF.Abs(q.Y + 0.513f));
        // Eyebrows, of hairs that lean outwards, and a darker lid line.
        float arch = 0.285f + 0.06f * MathF.Sin(MathF.Min(MathF.Max(m.X - 0.09f, 0) * 5.2f, 2.6f));
        float brow = Shade.Ramp(0.05f, 0.018f, MathF.Abs(q.Y - arch) + 0.05f * Shade.Ramp(0.3f, 0.5f, m.X))
            * Shade.Ramp(0.08f, 0.13f, m.X) * Shade.Ramp(0.52f, 0.4f, m.X);
        float hairs = 0.75f + 0.4f * Noise.At(m.X * 45 - q.Y * 50, q.Y * 12, 317);
        color = Shade.Mix(color, Shade.Linear(0x2a160c), q.Z < -0.3f ? brow * Math.Clamp(hairs, 0.6f, 1) : 0);
        var e = m - Eye;
        float edge = MathF.Abs(e.Y - 0.066f + e.X * e.X * 2.2f);
        float lash = Shade.Ramp(0.02f, 0.006f, edge) * Shade.Ramp(0.19f, 0.16f, e.Length()) * (q.Z < -0.5f ? 1 : 0);
        color = Shade.Mix(color, Shade.Linear(0x24140e), lash * 0.85f);
        float socket = Near(new(0.27f, 0.17f, -0.72f), 0.13f) + 0.6f * Near(new(0.27f, -0.06f, -0.7f), 0.1f);
        color = Shade.Mix(color, Shade.Linear(0x9a5f4c), MathF.Min(socket, 1) * 0.35f);
        return new Surface(color, 0.16f, 22, default, 0.28f);
    }
}
