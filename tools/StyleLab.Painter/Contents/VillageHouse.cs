using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A gabled house; with <see cref="TowerHeight"/> a church whose tower stands at one end.</summary>
internal sealed class VillageHouse : Solid
{
    private readonly Vector3 _foot;
    private readonly float _turn, _roofRise;
    private readonly Vector3 _half;
    private readonly Vector3 _wall, _roof;
    private readonly int _seed;

    /// <param name="foot">Middle of the floor.</param>
    /// <param name="turn">About the vertical, in radians.</param>
    /// <param name="size">Width across the gable, wall height, length, in metres.</param>
    /// <param name="roofRise">From eaves to ridge.</param>
    /// <param name="wall">Colour of the plaster, 0xRRGGBB.</param>
    /// <param name="roof">Colour of the tiles, 0xRRGGBB.</param>
    /// <param name="seed">Stains, shutters and lit windows.</param>
    /// <param name="towerHeight">To the foot of the spire; 0 for a house.</param>
    public VillageHouse(Vector3 foot, float turn, Vector3 size, float roofRise, int wall, int roof, int seed,
        float towerHeight = 0)
    {
        (_foot, _turn, _roofRise, _seed, TowerHeight) = (foot, turn, roofRise, seed, towerHeight);
        _half = new Vector3(size.X / 2, size.Y, size.Z / 2);
        (_wall, _roof) = (Shade.Linear(wall), Shade.Linear(roof));
        float height = MathF.Max(size.Y + roofRise, towerHeight * 1.75f);
        Center = foot + new Vector3(0, height / 2 - 1, 0);
        Reach = new Vector3(_half.X + 1, height / 2 + 1.5f, _half.Z + 4).Length();
    }

    public float TowerHeight { get; }

    private Vector3 TowerMiddle => new(0, 0, -_half.Z - 1.2f);

    private Vector3 Local(Vector3 p) => Sdf.TurnY(p - _foot, _turn);

    public override float Distance(Vector3 p)
    {
        var q = Local(p);
        float d = MathF.Min(Walls(q), MathF.Min(Roof(q), Chimney(q)));
        return TowerHeight > 0 ? MathF.Min(d, Tower(q)) : d;
    }

    private float Walls(Vector3 q)
    {
        float gable = Vector2.Dot(new Vector2(MathF.Abs(q.X), q.Y - _half.Y - _roofRise), Slope);
        return MathF.Max(Sdf.Box(q - new Vector3(0, _half.Y / 2, 0),
            new Vector3(_half.X, _half.Y / 2 + _roofRise + 3, _half.Z)), gable + 0.15f);
    }

    /// <summary>Outward normal of the roof's right-hand side, in the plane of the gable.</summary>
    private Vector2 Slope => Vector2.Normalize(new Vector2(_roofRise, _half.X));

    private float Roof(Vector3 q)
    {
        float plane = Vector2.Dot(new Vector2(MathF.Abs(q.X), q.Y - _half.Y - _roofRise), Slope);
        return MathF.Max(MathF.Abs(plane) - 0.17f, MathF.Max(MathF.Abs(q.Z) - _half.Z - 0.45f,
            MathF.Max(_half.Y - 0.55f - q.Y, q.Y - _half.Y - _roofRise - 0.3f)));
    }

    private float Chimney(Vector3 q) =>
        TowerHeight > 0 ? 100 : Sdf.Box(q - new Vector3(_half.X * 0.35f, _half.Y + _roofRise, _half.Z * 0.5f),
            new Vector3(0.42f, 1.1f, 0.42f));

    private float Tower(Vector3 q)
    {
        var t = q - TowerMiddle;
        float shaft = Sdf.Box(t - new Vector3(0, TowerHeight / 2 - 1, 0), new Vector3(2.2f, TowerHeight / 2 + 1, 2.2f));
        float ledge = Sdf.Box(t - new Vector3(0, TowerHeight, 0), new Vector3(2.5f, 0.22f, 2.5f));
        float spireHeight = TowerHeight * 0.7f, up = t.Y - TowerHeight;
        // An eight-sided pyramid.
        float around = MathF.Max(MathF.Max(MathF.Abs(t.X), MathF.Abs(t.Z)),
            (MathF.Abs(t.X) + MathF.Abs(t.Z)) * 0.7071f);
        float spire = MathF.Max((around - 2.35f * (1 - up / spireHeight)) * 0.95f, -up);
        float ball = Sdf.Sphere(t, new Vector3(0, TowerHeight + spireHeight, 0), 0.28f);
        return MathF.Min(MathF.Min(shaft, ledge), MathF.Min(spire, ball));
    }

    public override Surface SurfaceAt(Vector3 p, Vector3 normal)
    {
        var q = Local(p);
        var n = Sdf.TurnY(normal, _turn);
        if (TowerHeight > 0 && Tower(q) < MathF.Min(Walls(q), Roof(q)))
            return TowerSurface(q - TowerMiddle, n);
        if (Roof(q) < MathF.Min(Walls(q), Chimney(q)))
            return Tiles(q, _roof);
        if (Chimney(q) < Walls(q))
            return new Surface(Shade.Linear(0x8a5a44) * Course(q, 0.3f));
        float stain = Noise.Fractal(q * 0.9f, 4, _seed);
        var plaster = _wall * (0.95f + 0.16f * stain)
            * Shade.Mix(0.75f, 1, Shade.Ramp(-0.2f, 1.1f, q.Y + 0.4f * stain));
        if (q.Y < 0.55f)
            plaster = Shade.Linear(0x857a6c) * Course(q, 0.35f);
        bool side = MathF.Abs(n.X) > MathF.Abs(n.Z);
        float along = side ? q.Z : q.X, half = side ? _half.Z : _half.X;
        return Window(plaster, along, q.Y, half, side ? 1 : 2);
    }

    private Surface TowerSurface(Vector3 t, Vector3 n)
    {
        if (t.Y > TowerHeight + 0.25f)
            return Tiles(t, Shade.Linear(0x4f6a68));
        var stone = _wall * (0.9f + 0.16f * Noise.Fractal(t * 0.7f, 4, _seed)) * Course(t, 0.5f);
        float along = MathF.Abs(n.X) > MathF.Abs(n.Z) ? t.Z : t.X;
        // Belfry openings and a clock.
        float belfry = MathF.Max(MathF.Abs(MathF.Abs(along) - 0.7f) - 0.35f,
            MathF.Abs(t.Y - TowerHeight + 1.7f) - 0.9f);
        float clock = new Vector2(along, t.Y - TowerHeight + 4.4f).Length();
        if (belfry < 0)
            return new Surface(Shade.Linear(0x2c2a30));
        if (clock < 1)
            return new Surface(clock > 0.85f || (MathF.Abs(along) < 0.07f && t.Y > TowerHeight - 4.4f)
                ? Shade.Linear(0x2b2a33) : Shade.Linear(0xe9dfc2));
        return new Surface(stone);
    }

    private static Surface Tiles(Vector3 q, Vector3 color)
    {
        float row = q.Y / 0.32f, column = q.Z / 0.34f + 0.5f * (MathF.Floor(row) % 2);
        float shadow = 0.72f + 0.28f * Shade.Ramp(0, 0.35f, row - MathF.Floor(row));
        float tile = Noise.Value((int)MathF.Floor(row) * 977 + (int)MathF.Floor(column), 241);
        return new Surface(color * shadow * (0.8f + 0.4f * tile) * (1 + 0.25f * Noise.Fractal(q * 0.6f, 3, 243)));
    }

    /// <summary>Joints between courses of stone, as a factor.</summary>
    private static float Course(Vector3 q, float height)
    {
        float row = q.Y / height;
        float stone = Noise.Value((int)MathF.Floor(row) * 131
            + (int)MathF.Floor((q.X + q.Z) / (height * 2) + 0.5f * MathF.Floor(row)), 245);
        return (0.82f + 0.3f * stone) * (0.8f + 0.2f * Shade.Ramp(0, 0.2f, row - MathF.Floor(row)));
    }

    /// <summary>Windows with frames and shutters in two rows; a door in the gable.</summary>
    private Surface Window(Vector3 plaster, float along, float y, float half, int face)
    {
        const float pitch = 2.3f;
        int column = (int)MathF.Floor((along + half) / pitch), columns = (int)(2 * half / pitch);
        int row = (int)MathF.Floor((y - 0.4f) / 2.6f);
        if (column < 0 || column >= columns || row < 0 || y > _half.Y + _roofRise * 0.55f)
            return new Surface(plaster);
        float x = along + half - (column + 0.5f) * pitch - (half - columns * pitch / 2),
            v = y - 0.4f - row * 2.6f - 1.45f;
        if (TowerHeight > 0)
        {
            bool light = MathF.Abs(x) < 0.55f && v < 1.3f && v > -1.6f;
            return light ? new Surface(Shade.Linear(0x3a3f52), 0.4f, 60) : new Surface(plaster);
        }
        if (face == 2 && column == columns / 2 && row == 0 && MathF.Abs(x) < 0.62f && v < 0.75f)
            return new Surface(Shade.Linear(0x5a3a26) * (MathF.Abs(x) < 0.04f ? 0.6f : 1));
        float frame = MathF.Max(MathF.Abs(x) - 0.55f, MathF.Abs(v) - 0.78f);
        if (frame > 0)
        {
            bool shutter = MathF.Abs(x) is > 0.58f and < 1.02f && MathF.Abs(v) < 0.78f && _seed % 2 == 0;
            return new Surface(shutter ? Shade.Linear(0x3f6a5c) * (0.8f + 0.2f * MathF.Sin(v * 30)) : plaster);
        }
        if (frame > -0.1f || MathF.Abs(x) < 0.04f || MathF.Abs(v - 0.15f) < 0.04f)
            return new Surface(Shade.Linear(0xe6ddcc));
        bool lamp = Noise.Value(column * 7 + row * 3 + face, _seed) > 0.7f;
        return new Surface(Shade.Linear(0x24303c), 0.7f, 90, lamp ? new Vector3(1.5f, 0.8f, 0.26f) : Vector3.Zero);
    }
}
