using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StyleLab.Tensors.Tests.InstructionSets;

/// <summary>A kernel as it must not be: twenty sums for the sixteen registers of AVX2.</summary>
internal static unsafe class SpillingKernel
{
    public const string Name = "SpillingKernel:Run";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* x, int count, float* y)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
        Vector256<float> s5 = default, s6 = default, s7 = default, s8 = default, s9 = default;
        Vector256<float> s10 = default, s11 = default, s12 = default, s13 = default, s14 = default;
        Vector256<float> s15 = default, s16 = default, s17 = default, s18 = default, s19 = default;
        for (int i = 0; i < count; i++, x += 8)
        {
            var v = Vector256.Load(x);
            s0 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[0]), s0);
            s1 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[1]), s1);
            s2 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[2]), s2);
            s3 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[3]), s3);
            s4 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[4]), s4);
            s5 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[5]), s5);
            s6 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[6]), s6);
            s7 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[7]), s7);
            s8 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[8]), s8);
            s9 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[9]), s9);
            s10 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[10]), s10);
            s11 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[11]), s11);
            s12 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[12]), s12);
            s13 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[13]), s13);
            s14 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[14]), s14);
            s15 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[15]), s15);
            s16 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[16]), s16);
            s17 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[17]), s17);
            s18 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[18]), s18);
            s19 = Vector256.FusedMultiplyAdd(v, Vector256.Create(x[19]), s19);
        }
        s0.Store(y + 0);
        s1.Store(y + 8);
        s2.Store(y + 16);
        s3.Store(y + 24);
        s4.Store(y + 32);
        s5.Store(y + 40);
        s6.Store(y + 48);
        s7.Store(y + 56);
        s8.Store(y + 64);
        s9.Store(y + 72);
        s10.Store(y + 80);
        s11.Store(y + 88);
        s12.Store(y + 96);
        s13.Store(y + 104);
        s14.Store(y + 112);
        s15.Store(y + 120);
        s16.Store(y + 128);
        s17.Store(y + 136);
        s18.Store(y + 144);
        s19.Store(y + 152);
    }
}
