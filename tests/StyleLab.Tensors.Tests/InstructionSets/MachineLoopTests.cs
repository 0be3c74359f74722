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

    // Sums of products, as "Type:Method" or "Type:Method[TypeArgument]". A new kernel gets its name here.
    private static readonly string[] s_avx512Kernels = ["TileAvx512Wide:Run", "TileAvx512Wide:RunShort", "TileAvx512Narrow:Run", "GramTile:EightRows", "GramTile:EightRowsTwice"];
    private static readonly string[] s_avx2Kernels = ["TileAvx2:Run", "GramTile:FourRows"];

    // Sums and differences of a few vectors: a copy now and then is part of the work, the stack is not.
    private static readonly string[] s_avx512Transforms = ["WinogradTransforms:Input[Lanes512]", "WinogradTransforms:Output[Lanes512]"];
    private static readonly string[] s_avx2Transforms = ["WinogradTransforms:Input[Lanes256]", "WinogradTransforms:Output[Lanes256]"];

    private static readonly bool s_hasAvx512 = Avx512F.IsSupported, s_hasAvx2 = Avx2.IsSupported && Fma.IsSupported;

    private static readonly Lazy<Dictionary<string, List<MachineLoop>>> s_avx512Loops =
        new(() => Disassemble([.. s_avx512Kernels, .. s_avx512Transforms], withAvx512: true));

    // AVX-512 brings 32 registers for 256-bit vectors too; without it there are 16.
    private static readonly Lazy<Dictionary<string, List<MachineLoop>>> s_avx2Loops =
        new(() => Disassemble([.. s_avx2Kernels, .. s_avx2Transforms, SpillingKernel.Name], withAvx512: false));

    public static TheoryData<string, string> Kernels => Pairs(s_avx512Kernels, s_avx2Kernels);

    public static TheoryData<string, string> Transforms => Pairs(s_avx512Transforms, s_avx2Transforms);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void KeepsItsSumsInRegisters(string instructionSet, string kernel)
    {
        if (LoopsOf(instructionSet, kernel) is not { } loops)
            return;
        Assert.Contains(loops, loop => loop.MultiplyAdds >= FewestMultiplyAdds);
        foreach (var loop in loops)
            Assert.True(!loop.Wasted.Any(), $"{kernel} has an inner loop that wastes\n{string.Join('\n', loop.Wasted)}\nin\n{loop}");
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void KeepsItsVectorsOffTheStack(string instructionSet, string transform)
    {
        if (LoopsOf(instructionSet, transform) is not { } loops)
            return;
        Assert.NotEmpty(loops);
        foreach (var loop in loops)
            Assert.True(!loop.VectorSpills.Any(), $"{transform} has an inner loop that spills\n{string.Join('\n', loop.VectorSpills)}\nin\n{loop}");
    }

    [Fact]
    public void NoticesSpills()
    {
        if (!s_hasAvx2)
            return;
        var loop = s_avx2Loops.Value[SpillingKernel.Name].MaxBy(l => l.MultiplyAdds)!;
        Assert.NotEmpty(loop.VectorSpills);
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

    /// <summary>Pairs of instruction set and name.</summary>
    private static TheoryData<string, string> Pairs(string[] avx512, string[] avx2)
    {
        var data = new TheoryData<string, string>();
        foreach (var name in avx512)
            data.Add("avx512", name);
        foreach (var name in avx2)
            data.Add("avx2", name);
        return data;
    }

    /// <summary>Null where this machine lacks the instruction set.</summary>
    private static List<MachineLoop>? LoopsOf(string instructionSet, string method)
    {
        if (!(instructionSet == "avx512" ? s_hasAvx512 : s_hasAvx2))
            return null;
        var machineCode = (instructionSet == "avx512" ? s_avx512Loops : s_avx2Loops).Value;
        Assert.True(machineCode.TryGetValue(method, out var loops), $"The compiler listed no machine code for {method}.");
        return loops;
    }

    private static Dictionary<string, List<MachineLoop>> Disassemble(string[] methods, bool withAvx512)
    {
        string file = Path.GetTempFileName();
        try
        {
            var (exitCode, output) = ChildProcess.Run(
                new Dictionary<string, string>
                {
                    ["DOTNET_JitDisasm"] = string.Join(' ', methods.Select(method => "*" + method.Split('[')[0])),
                    ["DOTNET_JitStdOutFile"] = file,
                    // Straight to optimised code, also for methods that do not ask for it.
                    ["DOTNET_TieredCompilation"] = "0",
                    ["DOTNET_EnableAVX512"] = withAvx512 ? "1" : "0",
                },
                [ChildProgram.Compile, .. methods]);
            Assert.True(exitCode == 0, output);
            return MachineLoop.Read(File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
