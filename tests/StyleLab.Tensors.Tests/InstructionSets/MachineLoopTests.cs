using System.Runtime.Intrinsics.X86;

namespace StyleLab.Tensors.Tests.InstructionSets;

/// <summary>
/// The kernels in which nearly all time is spent keep their sums in registers. One accumulator too many, or one whose
/// address is taken, and the compiler moves values to the stack and back in the innermost loop.
/// </summary>
public class MachineLoopTests
{
    // Fewer independent multiply-adds do not hide the latency of two ports (four cycles each).
    private const int FewestMultiplyAdds = 8;

    // As "Type:Method". A new kernel gets its name here.
    private static readonly string[] s_avx512Kernels = ["TileAvx512Wide:Run", "TileAvx512Narrow:Run"];
    private static readonly string[] s_avx2Kernels = ["TileAvx2:Run"];

    private static readonly bool s_hasAvx512 = Avx512F.IsSupported, s_hasAvx2 = Avx2.IsSupported && Fma.IsSupported;

    private static readonly Lazy<Dictionary<string, List<MachineLoop>>> s_loops = new(DisassembleAll);

    /// <summary>The kernels that this machine can run.</summary>
    public static TheoryData<string> Kernels => [.. s_hasAvx512 ? s_avx512Kernels : [], .. s_hasAvx2 ? s_avx2Kernels : []];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void KeepsItsSumsInRegisters(string kernel)
    {
        Assert.True(s_loops.Value.TryGetValue(kernel, out var loops), $"The compiler listed no machine code for {kernel}.");
        Assert.Contains(loops, loop => loop.MultiplyAdds >= FewestMultiplyAdds);
        foreach (var loop in loops)
            Assert.True(!loop.Wasted.Any(), $"{kernel} has an inner loop that wastes\n{string.Join('\n', loop.Wasted)}\nin\n{loop}");
    }

    [Fact]
    public void NoticesSpills()
    {
        if (!s_hasAvx2)
            return;
        var loop = s_loops.Value[SpillingKernel.Name].MaxBy(l => l.MultiplyAdds)!;
        Assert.Contains(loop.Wasted, line => line.Contains("[rsp") || line.Contains("[rbp"));
    }

    [Fact]
    public void NoticesRegisterMovesInTheInnermostLoopOnly()
    {
        var loop = Assert.Single(MachineLoop.Read(
            """
            ; Assembly listing for method Some.Kernel:Run(ptr) (FullOpts)
            ; rsp based frame
            G_M000_IG02:
                   vmovaps  zmm7, zmm8
            G_M000_IG03:
                   vbroadcastss zmm2, dword ptr [rbp+4*rax]
                   vmovups  zmm3, zmmword ptr [rsi]
                   vfmadd213ps zmm0, zmm1, zmm2
                   vmovaps  zmm2, zmm0
                   dec      eax
                   jne      SHORT G_M000_IG03
                   jmp      G_M000_IG02
            """)["Kernel:Run"]);
        Assert.Equal(1, loop.MultiplyAdds);
        Assert.Equal("vmovaps  zmm2, zmm0", Assert.Single(loop.Wasted).Trim());
    }

    private static Dictionary<string, List<MachineLoop>> DisassembleAll()
    {
        var loops = new Dictionary<string, List<MachineLoop>>();
        if (s_hasAvx512)
            Disassemble(s_avx512Kernels, withAvx512: true, loops);
        // AVX-512 brings 32 registers for 256-bit vectors too; without it there are 16.
        if (s_hasAvx2)
            Disassemble([.. s_avx2Kernels, SpillingKernel.Name], withAvx512: false, loops);
        return loops;
    }

    private static void Disassemble(string[] methods, bool withAvx512, Dictionary<string, List<MachineLoop>> loops)
    {
        string file = Path.GetTempFileName();
        try
        {
            var (exitCode, output) = ChildProcess.Run(
                new Dictionary<string, string>
                {
                    ["DOTNET_JitDisasm"] = string.Join(" ", methods.Select(method => "*" + method)),
                    ["DOTNET_JitStdOutFile"] = file,
                    // Straight to optimised code, also for methods that do not ask for it.
                    ["DOTNET_TieredCompilation"] = "0",
                    ["DOTNET_EnableAVX512"] = withAvx512 ? "1" : "0",
                },
                [ChildProgram.Compile, .. methods]);
            Assert.True(exitCode == 0, output);
            foreach (var (method, found) in MachineLoop.Read(File.ReadAllText(file)))
                loops.Add(method, found);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
