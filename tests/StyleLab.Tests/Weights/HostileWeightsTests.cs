using System.IO.Compression;
using System.Text;
using static StyleLab.Tests.Weights.PickleBytes;

namespace StyleLab.Tests.Weights;

/// <summary>Files made to break a reader: each is refused in one sentence, within little memory.</summary>
public class HostileWeightsTests
{
    private const long Megabyte = 1 << 20;

    private static readonly byte[] _fourFloats = new byte[16];

    public static TheoryData<string> Golden => new(
        "zip_2.pth", "zip_4.pth", "stream_2.pth", "stream_4.pth", "python2.pth", "stored.npz", "compressed.npz", "version_1.npy", "version_2.npy",
        "checkpoint.pth", "torch.safetensors");

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_file_that_is_cut_off_anywhere_is_refused(string name)
    {
        var whole = Load(name);
        ReadAll(whole);
        for (var length = 0; length < whole.Length; length++)
            Refused(whole[..length]);
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Damaged_bytes_never_do_more_than_change_numbers_or_be_refused(string name)
    {
        var whole = Load(name);
        var random = new Random(5);
        for (var round = 0; round < 1500; round++)
        {
            var damaged = whole.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(random.Next(4) * 0x55);
            Bounded(() =>
            {
                try
                {
                    ReadAll(damaged);
                }
                catch (StyleLabException error)
                {
                    IsOneSentence(error);
                }
            }, 40 * Megabyte);
        }
    }

    [Fact]
    public void Any_instructions_in_any_order_are_refused_or_harmless()
    {
        string[] instructions =
        [
            "N", "\x88", "K\x01", "J\xff\xff\xff\xff", "\x8a\x01\x05", "X\x01\0\0\0a", "U\x01b", "(", "0", "1", "2", ")", "t", "\x85", "\x86", "\x87", "]", "l",
            "a", "e", "}", "d", "s", "u", "q\0", "q\x01", "h\0", "h\x01", "\x94", "R", "b", "Q", "\x93", "ccollections\nOrderedDict\n", "ctorch\nFloatStorage\n",
            "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n", "ctorch\nSize\n",
            Encoding.Latin1.GetString(Tensor([2], [1])), Encoding.Latin1.GetString(OldTensor([2], [1])),
        ];
        var random = new Random(7);
        for (var round = 0; round < 10_000; round++)
        {
            var pickle = Pickle([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (object)instructions[random.Next(instructions.Length)])]);
            var file = random.Next(2) == 0 ? Archive(pickle, _fourFloats) : OldFile(pickle, _fourFloats);
            Bounded(() =>
            {
                try
                {
                    ReadAll(file);
                }
                catch (StyleLabException error)
                {
                    IsOneSentence(error);
                }
            }, Megabyte);
        }
    }

    [Theory]
    [InlineData("cos\nsystem\n(X\x04\0\0\0echotR", "'os.system'")]
    [InlineData("cposix\nsystem\n(X\x04\0\0\0echotR", "'posix.system'")]
    [InlineData("cnt\nsystem\n(X\x04\0\0\0echotR", "'nt.system'")]
    [InlineData("cbuiltins\neval\n(X\x03\0\0\01+1tR", "'builtins.eval'")]
    [InlineData("c__builtin__\nexec\n(X\x03\0\0\01+1tR", "'__builtin__.exec'")]
    [InlineData("csubprocess\nPopen\n(X\x04\0\0\0echotR", "'subprocess.Popen'")]
    [InlineData("ctorch\nload\n(X\x04\0\0\0filetR", "'torch.load'")]
    [InlineData("ctorch.storage\n_load_from_bytes\n(U\x04filetR", "'torch.storage._load_from_bytes'")]
    [InlineData("ctorch.hub\nload\n(X\x04\0\0\0filetR", "'torch.hub.load'")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2.__globals__\n", "'torch._utils._rebuild_tensor_v2.__globals__'")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n", "'numpy.core.multiarray._reconstruct'")]
    [InlineData("c__torch__.Model\nModel\n", "'__torch__.Model.Model'")]
    [InlineData("X\x02\0\0\0osX\x06\0\0\0system\x93", "'os.system'")]
    [InlineData("(X\x04\0\0\0echoios\nsystem\n", "'os.system'")]
    [InlineData("cos\u2028\nsy\x1bstem\n", "'os")]
    public void A_pickle_that_asks_for_anything_but_tensors_is_refused_by_name(string instructions, string name)
    {
        foreach (var file in Both(Pickle(instructions)))
        {
            var error = Refused(file);
            Assert.Contains("it asks for " + name, error.Message);
            Assert.Contains("only what makes tensors is followed", error.Message);
        }
    }

    [Theory]
    [InlineData("ccollections\nOrderedDict\n)\x81", 0x81)] // NEWOBJ
    [InlineData("(ccollections\nOrderedDict\no", 'o')] // OBJ
    [InlineData("ccollections\nOrderedDict\n)}\x92", 0x92)] // NEWOBJ_EX
    [InlineData("\x82\x01", 0x82)] // EXT1
    [InlineData("Pid\n", 'P')] // PERSID
    [InlineData("\x97", 0x97)] // NEXT_BUFFER
    public void Instructions_that_make_objects_are_refused(string instructions, int code)
    {
        foreach (var file in Both(Pickle(instructions)))
            Assert.Contains($"its pickle has the instruction 0x{code:X2}, which is not needed for tensors", Refused(file).Message);
    }

    [Theory]
    [InlineData("")] // nothing to give back
    [InlineData("0")]
    [InlineData("tN")]
    [InlineData("Nq\x05h\x06")]
    [InlineData("NR")]
    [InlineData("N(R")] // reaches below its mark
    [InlineData("](0")]
    [InlineData("Na")]
    [InlineData("](Nu")]
    [InlineData("}(NNNu")]
    [InlineData("N}b")]
    [InlineData("NQ")]
    [InlineData("ctorch\nFloatStorage\n)R")]
    [InlineData("ccollections\nOrderedDict\n(NtR")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R")]
    [InlineData("ctorch._utils\n_rebuild_parameter\n(NtR")]
    [InlineData("I12x\n")]
    [InlineData("Sno quotes\n")]
    [InlineData("Fpi\n")]
    public void A_pickle_that_makes_no_sense_is_refused(string instructions)
    {
        foreach (var file in Both(Pickle(instructions)))
            Refused(file);
    }

    [Fact]
    public void Bombs_are_refused_or_harmless_within_little_memory()
    {
        // Each list holds the one before ten times: 10³⁰ paths.
        var laughs = new StringBuilder("]q\0");
        for (var level = 1; level <= 30; level++)
            laughs.Append("](").Append(string.Concat(Enumerable.Repeat($"h{(char)(level - 1)}", 10))).Append($"eq{(char)level}");
        var itself = "]q\0h\0a";
        var deep = new string(']', 500_000) + new string('a', 499_999);
        var deepTuples = ")" + new string('\x85', 500_000);
        var copies = "]" + "(" + "]" + new string('2', 500_000) + "e";
        var memo = string.Concat(Enumerable.Range(0, 50_000).Select(i => "Nr" + Encoding.Latin1.GetString(BitConverter.GetBytes(-i)) + "0")) + "N";
        foreach (var pickle in new[] { laughs.ToString(), itself, deep, deepTuples, copies, memo })
            foreach (var file in Both(Pickle(pickle)))
                Bounded(() => RefusedOrEmpty(file), 200 * Megabyte);
        var dictionaries = OldFile(Pickle(new string('}', 2_000_000)), _fourFloats);
        Bounded(() => RefusedOrEmpty(dictionaries), 250 * Megabyte);
        var longest = Pickle(new string('N', 5_000_000));
        var (longStream, longArchive) = (OldFile(longest, _fourFloats), Archive(longest, _fourFloats));
        Bounded(() => Assert.Contains("has more than 4194304 bytes", Refused(longStream).Message), 100 * Megabyte);
        Bounded(() => Assert.Contains("has 5000003 bytes; up to 4194304 are read", Refused(longArchive).Message), Megabyte);
        foreach (var huge in new[]
        {
            "X\xff\xff\xff\xff", "B\xff\xff\xff\x7f", "T\xff\xff\xff\x7f", "T\xff\xff\xff\xff", "\x8b\xff\xff\xff\x7f", "\x8b\xff\xff\xff\xff",
            "I" + new string('9', 5000) + "\n",
        })
            foreach (var file in Both(Pickle(huge)))
                Bounded(() => Refused(file), Megabyte);
    }

    [Fact]
    public void A_tensor_beyond_its_storage_is_refused()
    {
        Wrong([5], [1], 0, "reaches number 5 of a storage of 4.");
        Wrong([2, 2], [3, 1], 0, "reaches number 5 of a storage of 4.");
        Wrong([4], [1], 1, "reaches number 5 of a storage of 4.");
        Wrong([2], [long.MaxValue], 0, "of a storage of 4.");
        Wrong([2, 2], [long.MaxValue / 2, long.MaxValue / 2 + 5], 0, "of a storage of 4.");
        Wrong([1], [1], long.MaxValue, "of a storage of 4.");
        Wrong([1], [1], -1, "which cannot be.");
        Wrong([2], [-1], 1, "which cannot be.");
        Wrong([2], [1, 1], 0, "which cannot be.");
        Wrong([-1], [1], 0, "has a negative size in its shape [-1].");
        Wrong([-2, -2], [1, 1], 0, "has a negative size");
        Wrong([long.MaxValue, 2], [0, 0], 0, "is too large;");
        Wrong([1L << 40], [0], 0, "is too large;");
        Wrong([65536, 65536], [0, 0], 0, "is too large;");
        Wrong([2_000_000_000], [0], 0, "repeats a storage of 4 numbers too often;");
        Wrong([.. Enumerable.Repeat(1L, 17)], [.. Enumerable.Repeat(1L, 17)], 0, "has 17 dimensions; up to 16 are read.");

        static void Wrong(long[] shape, long[] strides, long offset, string expected)
        {
            Bounded(() => Assert.Contains(expected, Refused(Archive(Pickle(Tensor(shape, strides, offset)), _fourFloats)).Message), Megabyte);
            Bounded(() => Assert.Contains(expected, Refused(OldFile(Pickle(OldTensor(shape, strides, offset)), _fourFloats)).Message), Megabyte);
        }
    }

    [Fact]
    public void Storages_that_are_not_there_are_refused()
    {
        Assert.Contains("have 16 bytes, too few for 5 of type float32", Refused(Archive(Pickle(Tensor([1], [1], count: 5)), _fourFloats)).Message);
        Assert.Contains("have 16 bytes, too few for 4 of type float64", Refused(Archive(Pickle(Tensor([1], [1], storage: "DoubleStorage")), _fourFloats)).Message);
        Assert.Contains("names numbers as PyTorch does not", Refused(Archive(Pickle(Tensor([1], [1], count: -4)), _fourFloats)).Message);
        Assert.Contains("the numbers '0' of tensor 'tensor' are missing", Refused(Zip(CompressionLevel.NoCompression, ("x/data.pkl", Pickle(Tensor([1], [1]))))).Message);
        Assert.Contains("asks for 'torch.QInt8Storage'", Refused(Archive(Pickle(Tensor([1], [1], storage: "QInt8Storage")), _fourFloats)).Message);
        Assert.Contains("9223372036854775807 numbers of type float32 are announced", Refused(OldFile(Pickle(OldTensor([1], [1])), _fourFloats, long.MaxValue)).Message);
        Assert.Contains("-1 numbers of type float32 are announced", Refused(OldFile(Pickle(OldTensor([1], [1])), _fourFloats, -1)).Message);
        Assert.Contains("needs 4 numbers from number 0, but 3 are there", Refused(OldFile(Pickle(OldTensor([1], [1])), _fourFloats, 3)).Message);
        Assert.Contains("needs 3 numbers from number 2, but 4 are there", Refused(OldFile(Pickle(OldTensor([1], [1], 0, View(2, 3))), _fourFloats)).Message);
        Assert.Contains("needs 4 numbers from number 9223372036854775807", Refused(OldFile(Pickle(OldTensor([1], [1], 0, View(long.MaxValue, 4))), _fourFloats)).Message);
        Assert.Contains("names a part of numbers as PyTorch does not", Refused(OldFile(Pickle(OldTensor([1], [1], 0, View(-1, 4))), _fourFloats)).Message);
        Assert.Contains("its list of keys names numbers that no tensor has", Refused(OldFile(Pickle("N"), _fourFloats)).Message);

        static string View(long begin, long count) => Encoding.Latin1.GetString(Join("(", Text("v"), Number(begin), Number(count), "t"));
    }

    [Fact]
    public void Tensors_that_share_numbers_too_often_are_not_read_together()
    {
        const int count = 1 << 20, tensors = 300;
        var pickle = Pickle([.. new object[] { "}" }, .. Enumerable.Range(0, tensors)
            .SelectMany(i => new object[] { Text($"t{i}"), Tensor([count], [1], count: count), "s" })]);
        var file = Archive(pickle, new byte[4 * count]);
        Bounded(() => Assert.Contains("share their numbers so often", Refused(file).Message), 30 * Megabyte);
        using var weights = Open(file);
        Assert.Equal(count, weights.Read("t7").Values.Length);
    }

    [Fact]
    public void Zip_bombs_and_wrong_zips_are_refused()
    {
        var zeros = new byte[8 << 20];
        var bomb = Zip(CompressionLevel.SmallestSize, ("x/data.pkl", Pickle(Tensor([1], [1]))), ("x/data/0", zeros));
        Bounded(() => Assert.Matches("would grow from [0-9]+ to 8388608 bytes when unpacked; more than 64 times is refused", Refused(bomb).Message), Megabyte);

        var good = Archive(Pickle(Tensor([4], [1])), _fourFloats);
        ReadAll(good);
        var directory = Find(good, "PK\u0001\u0002");
        var second = Find(good, "PK\u0001\u0002", directory + 1);
        var end = Find(good, "PK\u0005\u0006");
        Changed("is encrypted", (directory + 8, 1));
        Changed("is compressed by method 99", (directory + 10, 99));
        Changed("bytes where", (directory + 20, 7));
        Changed("is not at byte 1, where it is said to be", (directory + 42, 1));
        Changed("outside the file's contents", (directory + 45, 0x70));
        Changed("overlaps another", (second + 42, good[directory + 42]), (second + 43, good[directory + 43]));
        Changed("its directory is damaged", (directory, 0));
        Changed("its directory is damaged", (end + 11, 0xff));
        Changed("its directory is damaged", (end + 10, 0xff));
        Changed("it may be cut off", (end + 15, 0x70));
        Changed("it may be cut off", (end + 19, 0x70));
        Changed("the directory at the end of the zip file is missing", (end, 0));
        Assert.Contains("neither PyTorch's data.pkl nor NumPy's .npy", Refused(Zip(CompressionLevel.NoCompression, ("readme.txt", [1]))).Message);
        Assert.Contains("neither PyTorch's data.pkl nor NumPy's .npy", Refused(Zip(CompressionLevel.NoCompression)).Message);
        Assert.Contains("it has two parts 'x/data/0'", Refused(Zip(CompressionLevel.NoCompression, ("x/data.pkl", Pickle("N")), ("x/data/0", [1]), ("x/data/0", [2]))).Message);

        void Changed(string expected, params (int At, byte Value)[] changes)
        {
            var bytes = good.ToArray();
            foreach (var (at, value) in changes)
                bytes[at] = value;
            Assert.Contains(expected, Refused(bytes).Message);
        }
    }

    [Fact]
    public void Another_byte_order_is_refused()
    {
        var big = Zip(CompressionLevel.NoCompression, ("x/data.pkl", Pickle(Tensor([4], [1]))), ("x/data/0", _fourFloats), ("x/byteorder", "big"u8.ToArray()));
        Assert.Contains("most significant byte", Refused(big).Message);
        var little = Zip(CompressionLevel.NoCompression, ("x/data.pkl", Pickle(Tensor([4], [1]))), ("x/data/0", _fourFloats), ("x/byteorder", "little"u8.ToArray()));
        ReadAll(little);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "negative size")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "is too large")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000,), }", "reaches number 1000000 of a storage of 4")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "its header is not of the form")]
    [InlineData("{'descr': '<f4', 'fortran_order': None, 'shape': (4,), }", "its header is not of the form")]
    [InlineData("{'descr': '<f4', 'shape': (4,), }", "its header is not of the form")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'more': 1}", "its header is not of the form")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4", "its header is not of the form")]
    [InlineData("{'descr': '<U4', 'fortran_order': False, 'shape': (4,), }", "it holds values of type '<U4'; only numbers are read.")]
    [InlineData("{'descr': 'f4', 'fortran_order': False, 'shape': (4,), }", "it holds values of type 'f4'")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (4,), }", "it holds values of type ''")]
    [InlineData("__import__('os').system('echo')", "its header is not of the form")]
    [InlineData("", "its header is not of the form")]
    public void A_wrong_header_of_an_array_is_refused(string header, string expected)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. _fourFloats];
        Bounded(() => Assert.Contains(expected, Refused(file).Message), Megabyte);
    }

    [Fact]
    public void Names_in_any_script_stay_on_one_line()
    {
        var pickle = Pickle("}", Join("X", BitConverter.GetBytes(9), "画\n\u202e"u8.ToArray(), " "), "ctorch\nload\n");
        IsOneSentence(Refused(Archive(pickle, _fourFloats)));
        var name = "ab\ncd\u001b[31m";
        var wrong = Archive(Pickle("}", Text(name), Tensor([5], [1]), "s"), _fourFloats);
        Assert.Contains("tensor 'ab?cd?[31m' of shape [5] reaches", Refused(wrong).Message);
    }

    private static IEnumerable<byte[]> Both(byte[] pickle) => [Archive(pickle, _fourFloats), OldFile(pickle, _fourFloats)];

    private static byte[] Load(string name) => File.ReadAllBytes(Path.Combine(Repository.Folder, "tests", "golden", "weights", name));

    private static WeightsFile Open(byte[] file) => WeightsFile.Open(new MemoryStream(file), "The file");

    private static void ReadAll(byte[] file)
    {
        using var weights = Open(file);
        weights.Read(_ => true);
    }

    private static StyleLabException Refused(byte[] file)
    {
        var error = Assert.Throws<StyleLabException>(() => ReadAll(file));
        IsOneSentence(error);
        return error;
    }

    private static void RefusedOrEmpty(byte[] file)
    {
        try
        {
            using var weights = Open(file);
            Assert.Empty(weights.Tensors);
        }
        catch (StyleLabException error)
        {
            IsOneSentence(error);
        }
    }

    private static void IsOneSentence(StyleLabException error)
    {
        Assert.StartsWith("The file ", error.Message);
        Assert.EndsWith(".", error.Message);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.InRange(error.Message.Length, 0, 700);
    }

    private static void Bounded(Action action, long most)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, most);
    }

    private static int Find(byte[] file, string signature, int from = 0) =>
        from + file.AsSpan(from).IndexOf(Encoding.ASCII.GetBytes(signature));
}
