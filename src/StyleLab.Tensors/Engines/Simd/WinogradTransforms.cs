using System.Runtime.CompilerServices;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// The transforms of Winograd's convolution F(4×4, 3×3): Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A turns a tile of 4×4 outputs into
/// 36 products instead of 144 (Lavin and Gray, arXiv:1509.09308). The points are 0, ±2/3, ±3/2 and ∞: less than two thirds
/// of the rounding error of the usual 0, ±1, ±2, ∞. And each point's inverse is among them, so that a filter that is turned has
/// the same transform with its points exchanged. Each lane is a channel. Compiled well at once: uncompiled, each
/// operation on lanes is a call.
/// </summary>
internal static unsafe class WinogradTransforms
{
    /// <summary>Outputs of a tile along one side.</summary>
    public const int Tile = 4;

    /// <summary>Inputs of a tile along one side.</summary>
    public const int Patch = 6;

    /// <summary>Products of a tile: one matrix multiplication over the channels each.</summary>
    public const int Points = Patch * Patch;

    /// <summary>Floats of working memory: a copied patch or tile, and columns.</summary>
    public const int Working = 2 * Points * Storage.Block;

    // Where the positions begin that only the tile after the next one reads.
    private const int Ahead = Patch + 2 * Tile;

    private const float A = 2 / 3f, B = 3 / 2f;

    /// <summary>G: row j is a multiple of (1, p, p²) for the point p, chosen so that the row of 1/p is the same backwards.</summary>
    public static readonly double[,] FilterTransform =
    {
        { 1, 0, 0 },
        { 81 / 130.0, 54 / 130.0, 36 / 130.0 },
        { 81 / 130.0, -54 / 130.0, 36 / 130.0 },
        { 36 / 130.0, 54 / 130.0, 81 / 130.0 },
        { 36 / 130.0, -54 / 130.0, 81 / 130.0 },
        { 0, 0, 1 },
    };

    /// <summary>The point at which filters turned by 180° have the value that the filters have at this one.</summary>
    public static int TurnedPoint(int point)
    {
        ReadOnlySpan<int> inverses = [5, 3, 4, 1, 2, 0];
        return inverses[point / Patch] * Patch + inverses[point % Patch];
    }

    /// <summary>Bᵀ d B of 16 channels.</summary>
    /// <param name="patch">6×6 positions, 16 channels side by side at each.</param>
    /// <param name="rowStride">Floats from one row of the patch to the next.</param>
    /// <param name="mask"><see cref="MaskBits"/> of the patch: where none is set, the patch counts as 0. Null for no mask.</param>
    /// <param name="maskStride">Positions from one row of the mask to the next.</param>
    /// <param name="points">Receives 36 × 16 values.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    /// <param name="columns">Working memory for 36 × 16 values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<TLanes>(float* patch, long rowStride, ushort* mask, long maskStride, float* points, long pointStride, float* columns)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        // Six rows at once are more than the processor foresees by itself.
        for (int i = 0; i < Patch; i++)
        {
            for (int j = Ahead; j < Ahead + Tile; j++)
                TLanes.Prefetch(patch + i * rowStride + j * Storage.Block);
            if (mask != null)
                TLanes.Prefetch((float*)(mask + i * maskStride + 2 * Storage.Block));
        }
        for (int lane = 0; lane < Storage.Block; lane += TLanes.Count)
        {
            for (int j = 0; j < Patch; j++)
            {
                float* source = patch + j * Storage.Block + lane, target = columns + j * Storage.Block + lane;
                if (mask == null)
                    InputLine<TLanes>(source, rowStride, target, Patch * Storage.Block);
                else
                    MaskedInputLine<TLanes>(source, rowStride, mask + j, maskStride, lane, target, Patch * Storage.Block);
            }
            for (int i = 0; i < Patch; i++)
                InputLine<TLanes>(columns + i * Patch * Storage.Block + lane, Storage.Block, points + i * Patch * pointStride + lane, pointStride);
        }
    }

    /// <summary>The patch that a gradient at pooled values gives to the places of their windows.</summary>
    /// <param name="pooled">4×4 gradients, 16 channels side by side at each; the patch begins with the last place of the first window.</param>
    /// <param name="rowStride">Floats from one row of these to the next.</param>
    /// <param name="share">What of a gradient each place gets.</param>
    /// <param name="mask"><see cref="MaskBits"/> of the patch: where none is set, the place gets nothing.</param>
    /// <param name="maskStride">Positions from one row of the mask to the next.</param>
    /// <param name="patch">Receives 6×6 positions, 16 channels side by side at each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread<TLanes>(float* pooled, long rowStride, float share, ushort* mask, long maskStride, float* patch)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (int i = 0; i < Patch; i++, mask += maskStride)
        {
            float* row = pooled + (i + 1) / 2 * rowStride;
            TLanes.Prefetch(row + (Ahead / 2 + 1 + i % 2) * Storage.Block);
            TLanes.Prefetch((float*)(mask + 2 * Storage.Block));
            for (int j = 0; j < Patch; j++, patch += Storage.Block)
                for (int lane = 0; lane < Storage.Block; lane += TLanes.Count)
                    TLanes.WhereSet(mask + j, lane, TLanes.Multiply(share, TLanes.Load(row + (j + 1) / 2 * Storage.Block + lane))).Store(patch + lane);
        }
    }

    /// <summary>Aᵀ m A of 16 channels.</summary>
    /// <param name="points">36 × 16 values.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    /// <param name="tile">Receives 4×4 positions, 16 channels side by side at each.</param>
    /// <param name="rowStride">Floats from one row of the tile to the next.</param>
    /// <param name="bias">16 values that are added, or null.</param>
    /// <param name="withRelu">True to replace negative results by 0.</param>
    /// <param name="mask">Receives the <see cref="MaskBits"/> of the tile, or null.</param>
    /// <param name="maskStride">Positions from one row of the mask to the next.</param>
    /// <param name="columns">Working memory for 36 × 16 values.</param>
    /// <param name="ahead">Floats from the values of this tile to those of one that comes soon.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output<TLanes>(float* points, long pointStride, float* tile, long rowStride, float* bias, bool withRelu,
        ushort* mask, long maskStride, float* columns, long ahead)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        // 36 places at once are more than the processor foresees by itself.
        for (int i = 0; i < Points; i++)
            TLanes.Prefetch(points + i * pointStride + ahead);
        var floor = TLanes.Of(withRelu ? 0 : float.NegativeInfinity);
        for (int lane = 0; lane < Storage.Block; lane += TLanes.Count)
        {
            var offset = bias == null ? TLanes.Of(0) : TLanes.Load(bias + lane);
            for (int j = 0; j < Patch; j++)
            {
                OutputLine<TLanes>(points + j * pointStride + lane, Patch * pointStride, out var r0, out var r1, out var r2, out var r3);
                float* column = columns + j * Storage.Block + lane;
                r0.Store(column);
                r1.Store(column + Patch * Storage.Block);
                r2.Store(column + 2 * Patch * Storage.Block);
                r3.Store(column + 3 * Patch * Storage.Block);
            }
            for (int i = 0; i < Tile; i++)
            {
                OutputLine<TLanes>(columns + i * Patch * Storage.Block + lane, Storage.Block, out var c0, out var c1, out var c2, out var c3);
                float* row = tile + i * rowStride + lane;
                c0 = TLanes.Max(c0 + offset, floor);
                c1 = TLanes.Max(c1 + offset, floor);
                c2 = TLanes.Max(c2 + offset, floor);
                c3 = TLanes.Max(c3 + offset, floor);
                c0.Store(row);
                c1.Store(row + Storage.Block);
                c2.Store(row + 2 * Storage.Block);
                c3.Store(row + 3 * Storage.Block);
                if (mask != null)
                    StoreBits(c0, c1, c2, c3, lane, mask + i * maskStride);
            }
        }
    }

    /// <summary>Bᵀ times six positions of 16 channels, for a convolution along one direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputStrip<TLanes>(float* positions, float* points) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (int lane = 0; lane < Storage.Block; lane += TLanes.Count)
            InputLine<TLanes>(positions + lane, Storage.Block, points + lane, Storage.Block);
    }

    /// <summary>Aᵀ times six products of 16 channels: four positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputStrip<TLanes>(float* points, float* positions) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (int lane = 0; lane < Storage.Block; lane += TLanes.Count)
        {
            OutputLine<TLanes>(points + lane, Storage.Block, out var r0, out var r1, out var r2, out var r3);
            r0.Store(positions + lane);
            r1.Store(positions + lane + Storage.Block);
            r2.Store(positions + lane + 2 * Storage.Block);
            r3.Store(positions + lane + 3 * Storage.Block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine<TLanes>(float* source, long step, float* target, long targetStep) where TLanes : unmanaged, ILanes<TLanes> =>
        TransformLine(TLanes.Load(source), TLanes.Load(source + step), TLanes.Load(source + 2 * step),
            TLanes.Load(source + 3 * step), TLanes.Load(source + 4 * step), TLanes.Load(source + 5 * step), target, targetStep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MaskedInputLine<TLanes>(
        float* source, long step, ushort* mask, long maskStep, int lane, float* target, long targetStep)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TransformLine(
            TLanes.WhereSet(mask, lane, TLanes.Load(source)),
            TLanes.WhereSet(mask + maskStep, lane, TLanes.Load(source + step)),
            TLanes.WhereSet(mask + 2 * maskStep, lane, TLanes.Load(source + 2 * step)),
            TLanes.WhereSet(mask + 3 * maskStep, lane, TLanes.Load(source + 3 * step)),
            TLanes.WhereSet(mask + 4 * maskStep, lane, TLanes.Load(source + 4 * step)),
            TLanes.WhereSet(mask + 5 * maskStep, lane, TLanes.Load(source + 5 * step)), target, targetStep);

    /// <summary>The bits of four neighbouring positions; lanes beyond the first are added to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBits<TLanes>(TLanes c0, TLanes c1, TLanes c2, TLanes c3, int lane, ushort* mask)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        int keep = (1 << lane) - 1;
        mask[0] = (ushort)((mask[0] & keep) | c0.PositiveBits() << lane);
        mask[1] = (ushort)((mask[1] & keep) | c1.PositiveBits() << lane);
        mask[2] = (ushort)((mask[2] & keep) | c2.PositiveBits() << lane);
        mask[3] = (ushort)((mask[3] & keep) | c3.PositiveBits() << lane);
    }

    /// <summary>
    /// Bᵀ times six values: row j holds the coefficients of Π (x − other points). Points ±p share their even and odd halves, and
    /// (x² − A²)(x² − B²) is the same forwards and backwards.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformLine<TLanes>(
        TLanes d0, TLanes d1, TLanes d2, TLanes d3, TLanes d4, TLanes d5, float* target, long targetStep)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        TLanes.MultiplyAdd(-(A * A + B * B), d2, d0 + d4).Store(target);
        TLanes even = TLanes.MultiplyAdd(-B * B, d2, d4), odd = TLanes.MultiplyAdd(-B * B, d1, d3);
        TLanes.MultiplyAdd(A, odd, even).Store(target + targetStep);
        TLanes.MultiplyAdd(-A, odd, even).Store(target + 2 * targetStep);
        even = TLanes.MultiplyAdd(-A * A, d2, d4);
        odd = TLanes.MultiplyAdd(-A * A, d1, d3);
        TLanes.MultiplyAdd(B, odd, even).Store(target + 3 * targetStep);
        TLanes.MultiplyAdd(-B, odd, even).Store(target + 4 * targetStep);
        TLanes.MultiplyAdd(-(A * A + B * B), d3, d1 + d5).Store(target + 5 * targetStep);
    }

    /// <summary>Aᵀ times six values: row i holds the i-th powers of the points, those of ±A times −1 and those of ±B times A².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine<TLanes>(float* source, long step, out TLanes r0, out TLanes r1, out TLanes r2, out TLanes r3)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        TLanes m1 = TLanes.Load(source + step), m2 = TLanes.Load(source + 2 * step);
        TLanes m3 = TLanes.Load(source + 3 * step), m4 = TLanes.Load(source + 4 * step);
        TLanes sumA = m1 + m2, differenceA = m1 - m2, sumB = m3 + m4, differenceB = m3 - m4;
        r0 = TLanes.MultiplyAdd(A * A, sumB, TLanes.Load(source) - sumA);
        r1 = TLanes.Multiply(A, differenceB - differenceA);
        r2 = TLanes.MultiplyAdd(-A * A, sumA, sumB);
        r3 = TLanes.MultiplyAdd(-A * A * A, differenceA, TLanes.MultiplyAdd(B, differenceB, TLanes.Load(source + 5 * step)));
    }
}
