using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Engines.Simd;
using Xunit.MicrosoftTestingPlatform;

namespace StyleLab.Tensors.Tests.InstructionSets;

/// <summary>
/// What this program does besides its tests. Which instructions may be used, and whether the compiler
/// writes down its machine code, is settled by the environment when a process begins; so these tests run in children.
/// </summary>
internal static class ChildProgram
{
    /// <summary>Every operation on the default engine against the reference.</summary>
    public const string CheckOperations = "check-operations";

    /// <summary>Compiles the methods named "Type:Method" or "Type:Method[TypeArgument]", so that the compiler can be asked for their machine code.</summary>
    public const string Compile = "compile";

    public static async Task<int> Main(string[] args) => args switch
    {
        [CheckOperations] => Check(),
        [Compile, .. var methods] => CompileAll(methods),
        _ => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };

    private static int Check()
    {
        Console.WriteLine($"algorithm {ConvolutionAlgorithm.Best().Name}");
        Console.WriteLine($"Avx512F {Avx512F.IsSupported}, Avx2 {Avx2.IsSupported}, Fma {Fma.IsSupported}, Vector128 {Vector128.IsHardwareAccelerated}");
        int failures = 0;
        foreach (var testCase in OperationCases.All)
        {
            var difference = DifferenceFromReference.Of(testCase, Engine.Simd);
            if (difference.IsSmall)
                continue;
            failures++;
            Console.WriteLine(FormattableString.Invariant(
                $"{testCase.Name}: values differ by {difference.Values:E1}, gradients by {difference.Gradient:E1}"));
        }
        Console.WriteLine($"{OperationCases.All.Count} cases, {failures} failures");
        return failures == 0 ? 0 : 1;
    }

    private static int CompileAll(IEnumerable<string> methods)
    {
        Type[] types = [.. typeof(Tensor).Assembly.GetTypes(), .. typeof(ChildProgram).Assembly.GetTypes()];
        foreach (var name in methods)
        {
            var parts = name.Split(':', '[', ']');
            var method = TypeOf(parts[0]).GetMethod(parts[1], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
            if (method.IsGenericMethodDefinition)
                method = method.MakeGenericMethod(TypeOf(parts[2]));
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
        return 0;

        Type TypeOf(string typeName) => types.Single(t => t.Name == typeName);
    }
}
