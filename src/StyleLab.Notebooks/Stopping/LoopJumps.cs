using Mono.Cecil.Cil;

namespace StyleLab.Notebooks;

/// <summary>
/// Puts checks into the jumps that make loops. The jump itself asks whether to go on, and the call of a check stands where
/// no round passes it: in a short loop one jump more can cost as much as the rest.
/// </summary>
internal sealed class LoopJumps(MethodBody body, StopCalls calls, Inserted inserted)
{
    /// <summary>Whether a jump back can ask; the compiler makes few others.</summary>
    public static bool CanCheck(Instruction jump) => jump.OpCode.Code is
        Code.Br or Code.Brtrue or Code.Brfalse or Code.Beq or Code.Bne_Un or Code.Blt or Code.Blt_Un or Code.Bgt or Code.Bgt_Un;

    /// <summary>Has a jump to the beginning of a loop call a check when one is due.</summary>
    public void AddCheck(Instruction jump)
    {
        var start = (Instruction)jump.Operand;
        var read = Instruction.Create(OpCodes.Ldsfld, calls.Flag);
        var goOn = Instruction.Create(OpCodes.Brfalse, start);
        List<Instruction> check =
        [
            Instruction.Create(OpCodes.Call, calls.Named(nameof(CellStop.Check))),
            Instruction.Create(OpCodes.Br, start),
        ];
        if (jump.OpCode.Code == Code.Br)
        {
            (jump.OpCode, jump.Operand) = (read.OpCode, read.Operand);
            inserted.Behind(jump, [goOn, .. check]);
            return;
        }

        var end = Instruction.Create(OpCodes.Nop);
        check.Add(end);
        if (IsOfKeptCondition(jump))
        {
            // The condition was kept and loaded, as the compiler does for debuggers; using it at once pays for the check.
            var (store, load) = (jump.Previous.Previous, jump.Previous);
            (store.OpCode, store.Operand) = (OpCodes.Brfalse, end);
            (load.OpCode, load.Operand) = (read.OpCode, read.Operand);
            jump.OpCode = OpCodes.Brfalse;
            inserted.Behind(jump, check);
            return;
        }

        var leave = Instruction.Create(jump.OpCode.Code is Code.Brfalse or Code.Bne_Un ? OpCodes.Brtrue : OpCodes.Brfalse, end);
        if (jump.OpCode.Code is Code.Brtrue or Code.Brfalse)
        {
            (jump.OpCode, jump.Operand) = (leave.OpCode, leave.Operand);
            inserted.Behind(jump, [read, goOn, .. check]);
        }
        else
        {
            (jump.OpCode, jump.Operand) = (Comparison(jump.OpCode.Code), null);
            inserted.Behind(jump, [leave, read, goOn, .. check]);
        }
    }

    // Those that are the same for numbers that are none; "not less" is not "greater or equal" there.
    private static OpCode Comparison(Code jump) => jump switch
    {
        Code.Blt => OpCodes.Clt,
        Code.Blt_Un => OpCodes.Clt_Un,
        Code.Bgt => OpCodes.Cgt,
        Code.Bgt_Un => OpCodes.Cgt_Un,
        _ => OpCodes.Ceq,
    };

    /// <summary>Whether a jump is the last of: store in a variable, load it, jump if it is true; and nothing else knows the
    /// variable, nor jumps in between.</summary>
    private bool IsOfKeptCondition(Instruction jump)
    {
        var (load, store) = (jump.Previous, jump.Previous?.Previous);
        return jump.OpCode.Code == Code.Brtrue && load != null && store != null
            && Loaded(load) is { } variable && Stored(store) == variable
            && body.Instructions.All(i => i == load || i == store || Loaded(i) != variable && Stored(i) != variable && i.Operand != variable)
            && !body.Instructions.Any(i => IsTarget(load, i.Operand) || IsTarget(jump, i.Operand));
    }

    private static bool IsTarget(Instruction place, object? operand) =>
        operand == place || (operand is Instruction[] several && several.Contains(place));

    private VariableDefinition? Loaded(Instruction i) => i.OpCode.Code switch
    {
        Code.Ldloc or Code.Ldloc_S => (VariableDefinition)i.Operand,
        >= Code.Ldloc_0 and <= Code.Ldloc_3 => body.Variables[i.OpCode.Code - Code.Ldloc_0],
        _ => null,
    };

    private VariableDefinition? Stored(Instruction i) => i.OpCode.Code switch
    {
        Code.Stloc or Code.Stloc_S => (VariableDefinition)i.Operand,
        >= Code.Stloc_0 and <= Code.Stloc_3 => body.Variables[i.OpCode.Code - Code.Stloc_0],
        _ => null,
    };
}
