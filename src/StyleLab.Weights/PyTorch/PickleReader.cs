namespace StyleLab.Weights.PyTorch;

/// <summary>
/// Runs the instructions of a pickle (Python's pickletools, protocols 0 to 5) that build containers, numbers, texts and tensors;
/// any other instruction and any unknown name is refused. There is no recursion: depth costs memory, not stack.
/// </summary>
/// <param name="input">The pickle.</param>
/// <param name="persistent">Makes the value that a persistent id stands for.</param>
internal sealed class PickleReader(PickleInput input, Func<object?, object?> persistent)
{
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];

    /// <exception cref="InvalidDataException">The message says, after a colon, what is wrong.</exception>
    /// <exception cref="EndOfStreamException">The pickle ends before its last instruction.</exception>
    public object? Read()
    {
        while (true)
        {
            var instruction = (char)input.Byte();
            if (instruction == '.')
                return Pop();
            if (!RunConstant(instruction) && !RunContainer(instruction) && !RunMemo(instruction) && !RunName(instruction))
                throw new InvalidDataException(
                    $"its pickle has the instruction 0x{(int)instruction:X2}, which is not needed for tensors and not followed.");
        }
    }

    private bool RunConstant(char instruction)
    {
        switch (instruction)
        {
            case 'N': Push(null); break;
            case '\x88': Push(true); break;
            case '\x89': Push(false); break;
            case 'K': Push((long)input.Byte()); break;
            case 'M': Push((long)input.UInt16()); break;
            case 'J': Push((long)input.Int32()); break;
            case '\x8a': Push(input.Integer(input.Byte())); break;
            case '\x8b': Push(input.Integer(input.Int32())); break;
            case 'I' or 'L': Push(PickleText.Number(input.Line())); break;
            case 'G': Push(input.Double()); break;
            case 'F': Push(PickleText.Double(input.Line())); break;
            case 'U' or '\x8c' or 'C': Push(input.Text(input.Byte())); break;
            case 'T': Push(input.Text(input.Int32())); break;
            case 'X' or 'B': Push(input.Text(input.UInt32())); break;
            case 'S': Push(PickleText.Unquoted(input.Line())); break;
            case 'V': Push(input.Line()); break;
            // The protocol and the frames of protocol 4 only help to read faster.
            case '\x80': input.Byte(); break;
            case '\x95': input.Bytes(8); break;
            default: return false;
        }
        return true;
    }

    private bool RunContainer(char instruction)
    {
        switch (instruction)
        {
            case '(': _marks.Push(_stack.Count); break;
            case '0': Pop(); break;
            case '1': PopToMark(); break;
            case '2': Push(Top()); break;
            case ')': Push(new PickledTuple([])); break;
            case 't': Push(new PickledTuple(PopToMark())); break;
            case '\x85': Push(new PickledTuple(Pop(1))); break;
            case '\x86': Push(new PickledTuple(Pop(2))); break;
            case '\x87': Push(new PickledTuple(Pop(3))); break;
            case ']': Push(new List<object?>()); break;
            case 'l': Push(PopToMark()); break;
            case 'a': Append([Pop()]); break;
            case 'e': Append(PopToMark()); break;
            case '}': Push(new PickledDictionary()); break;
            case 'd': { var items = PopToMark(); Push(new PickledDictionary()); SetItems(items); break; }
            case 's': SetItems(Pop(2)); break;
            case 'u': SetItems(PopToMark()); break;
            default: return false;
        }
        return true;
    }

    private bool RunMemo(char instruction)
    {
        switch (instruction)
        {
            case 'q': _memo[input.Byte()] = Top(); break;
            case 'r': _memo[input.UInt32()] = Top(); break;
            case 'p': _memo[PickleText.Index(input.Line())] = Top(); break;
            case '\x94': _memo[_memo.Count] = Top(); break;
            case 'h': Push(Remembered(input.Byte())); break;
            case 'j': Push(Remembered(input.UInt32())); break;
            case 'g': Push(Remembered(PickleText.Index(input.Line()))); break;
            default: return false;
        }
        return true;
    }

    private bool RunName(char instruction)
    {
        switch (instruction)
        {
            case 'c':
                Push(TorchName.Find(input.Line(), input.Line()));
                break;
            case '\x93':
                Push(Pop(2) is [string module, string name] ? TorchName.Find(module, name) : throw Confused());
                break;
            case 'R':
                Push(Pop(2) is [TorchName function, PickledTuple arguments] ? function.Call(arguments.Items) : throw Confused());
                break;
            // Attributes of a dictionary, such as the versions of a model's modules: not needed.
            case 'b':
                if (Pop(2) is not [PickledDictionary dictionary, PickledDictionary])
                    throw Confused();
                Push(dictionary);
                break;
            case 'Q':
                Push(persistent(Pop()));
                break;
            case 'i':
                TorchName.Find(input.Line(), input.Line());
                throw Confused();
            default:
                return false;
        }
        return true;
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Pop() => Pop(1)[0];

    private List<object?> Pop(int count)
    {
        var begin = _stack.Count - count;
        if (begin < (_marks.TryPeek(out var mark) ? mark : 0))
            throw Confused();
        var values = _stack.GetRange(begin, count);
        _stack.RemoveRange(begin, count);
        return values;
    }

    private List<object?> PopToMark()
    {
        if (!_marks.TryPeek(out var mark))
            throw Confused();
        var values = Pop(_stack.Count - mark);
        _marks.Pop();
        return values;
    }

    private object? Top()
    {
        var top = Pop();
        Push(top);
        return top;
    }

    private void Append(List<object?> values) => (Top() as List<object?> ?? throw Confused()).AddRange(values);

    private void SetItems(List<object?> items)
    {
        var dictionary = Top() as PickledDictionary ?? throw Confused();
        if (items.Count % 2 != 0)
            throw Confused();
        for (var i = 0; i < items.Count; i += 2)
            dictionary.Items.Add((items[i], items[i + 1]));
    }

    private object? Remembered(long index) => _memo.TryGetValue(index, out var value) ? value : throw Confused();

    private static InvalidDataException Confused() => new("its pickle makes no sense; the file may be damaged.");
}
