using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A tree: a trunk and a crown of leafy balls; a poplar is tall and narrow.</summary>
internal sealed class Tree : Solid
{
    private readonly Vector3 _foot;
    private readonly float _tall;
    private readonly int _seed;
    private readonly (Vector3 Center, float Radius)[] _balls;
    private readonly Vector3 _leaf;

    public Tree(Vector3 foot, float tall, bool poplar, int seed)
    {
        (_foot, _tall, _seed) = (foot, tall, seed);
        var dice = new Dice((ulong)seed * 77);
        int[] leaves = [0x5d7a2c, 0x6f7d2a, 0x4f6c30, 0x8a8430, 0x9a7a2c];
        _leaf = Shade.Linear(poplar ? 0x6a7a2e : leaves[seed % leaves.Length]);
        _balls = new (Vector3, float)[poplar ? 8 : 14];
        for (int i = 0; i < _balls.Length; i++)
        {
            float t = (i + 0.5f) / _balls.Length;
            _balls[i] = poplar
                ? (foot + new Vector3(dice.Normal() * 0.2f, tall * (0.2f + 0.75f * t), dice.Normal() * 0.2f),
                    tall * 0.13f * MathF.Sin(0.5f + 2.4f * t))
                : (foot + new Vector3(dice.Normal() * tall * 0.2f, tall * (0.45f + 0.43f * t),
                    dice.Normal() * tall * 0.2f), tall * dice.Between(0.11f, 0.2f) * (1.15f - 0.4f * t));
        }
        Center = foot + new Vector3(0, tall * 0.55f, 0);
        Reach = tall * 0.75f;
        Caution = 0.6f;
    }

    public override float Distance(Vector3 p) => MathF.Min(Crown(p), Trunk(p));

    private float Trunk(Vector3 p) =>
        Sdf.Rod(p, _foot - Vector3.UnitY, _foot + new Vector3(0.03f * _tall, _tall * 0.6f, 0), _tall * 0.03f,
            _tall * 0.012f);

    private float Crown(Vector3 p)
    {
        float crown = 100;
        foreach (var (center, radius) in _balls)
            crown = MathF.Min(crown, Sdf.Sphere(p, center, radius));
        if (crown > 0.1f * _tall)
            return crown - 0.05f * _tall;
        float grain = 9f / _tall;
        return crown + _tall * 0.07f * Noise.At(p * grain, _seed)
            + _tall * 0.055f * Noise.At(p * (3.1f * grain), _seed + 1);
    }

    public override Surface SurfaceAt(Vector3 p, Vector3 normal)
    {
        if (Trunk(p) < Crown(p))
            return new Surface(Shade.Linear(0x54432f)
                * (0.8f + 0.4f * Noise.At(new Vector3(p.X * 6, p.Y, p.Z * 6), _seed)));
        float leaves = Noise.At(p * (40f / _tall), _seed + 2) + 0.6f * Noise.At(p * (90f / _tall), _seed + 3);
        return new Surface(_leaf * (0.95f + 0.55f * leaves), 0, 10, default, 0.35f);
    }
}
