using System.Buffers.Binary;
using System.Text;

namespace StyleLab.Tests.Networks;

public class SafetensorsTests
{
    [Fact]
    public void Written_tensors_read_back_exactly()
    {
        var tensors = new Dictionary<string, WeightArray>
        {
            ["matrix"] = new([2, 3], [1, -2.5f, float.Epsilon, float.MaxValue, float.NaN, float.NegativeInfinity]),
            ["number"] = new([], [42]),
            ["nothing"] = new([0, 7], []),
            ["a name with \"quotes\", ü and \n"] = new([1], [0]),
        };
        var read = Safetensors.Read(Write(tensors));
        Assert.Equal(tensors.Keys.Order(), read.Keys.Order());
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.Shape, read[name].Shape);
            Assert.Equal(tensor.Values, read[name].Values);
        }
    }

    [Fact]
    public void Tensors_longer_than_a_chunk_read_back_in_both_types()
    {
        // Every third of a thousand is exact in 11 bits, so that F16 keeps it.
        var values = Enumerable.Range(0, 100_003).Select(i => (i % 2000 - 1000) / 8f).ToArray();
        var tensors = new Dictionary<string, WeightArray> { ["long"] = new([values.Length], values) };
        Assert.Equal(values, Safetensors.Read(Write(tensors))["long"].Values);
        Assert.Equal(values, Safetensors.Read(Write(tensors, half: true))["long"].Values);
    }

    [Fact]
    public void Every_half_and_every_brain_float_is_converted()
    {
        var bytes = new byte[2 * 65536];
        for (var bits = 0; bits < 65536; bits++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * bits), (ushort)bits);
        var half = Safetensors.Read(File("""{"x":{"dtype":"F16","shape":[65536],"data_offsets":[0,131072]}}""", bytes))["x"];
        var brain = Safetensors.Read(File("""{"x":{"dtype":"BF16","shape":[65536],"data_offsets":[0,131072]}}""", bytes))["x"];
        for (var bits = 0; bits < 65536; bits++)
        {
            Assert.Equal((float)BitConverter.UInt16BitsToHalf((ushort)bits), half.Values[bits]);
            Assert.Equal(BitConverter.Int32BitsToSingle(bits << 16), brain.Values[bits]);
        }
        Assert.Equal(1.5f, brain.Values[0x3FC0]);
        Assert.Equal(1.5f, half.Values[0x3E00]);
    }

    [Fact]
    public void Halves_are_rounded_to_nearest_and_too_large_ones_refused()
    {
        var tensors = new Dictionary<string, WeightArray> { ["x"] = new([2], [1.0004f, -3.14159f]) };
        Assert.Equal([1f, -3.140625f], Safetensors.Read(Write(tensors, half: true))["x"].Values);

        tensors["x"] = new([1], [70000]);
        var error = Assert.Throws<StyleLabException>(() => Write(tensors, half: true));
        Assert.Equal("Tensor 'x' holds 70000, beyond F16's largest number 65504; write F32 instead.", error.Message);
    }

    [Fact]
    public void Numbers_begin_at_a_multiple_of_8()
    {
        var file = Write(new Dictionary<string, WeightArray> { ["x"] = new([1], [1]) });
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(file) % 8);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_too()
    {
        var file = Write(new Dictionary<string, WeightArray> { ["x"] = new([2], [1, 2]) });
        using var stream = new ForwardStream(file);
        Assert.Equal([1f, 2f], Safetensors.Read(stream)["x"].Values);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4, "its header is not valid JSON.")]
    [InlineData("""[]""", 0, "its header is not a JSON object.")]
    [InlineData("""{"x":1}""", 0, "tensor 'x' is not described by a dtype, a shape of whole numbers from 0 and two data_offsets.")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", 4, "tensor 'x' is not described by")]
    [InlineData("""{"x":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'x' is not described by")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "tensor 'x' is not described by")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "tensor 'x' is not described by")]
    [InlineData("""{"x":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "tensor 'x' is not described by")]
    [InlineData("""{"x":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "tensor 'x' is not described by")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "tensor 'x' is not described by")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,2,4]}}""", 4, "tensor 'x' is not described by")]
    [InlineData("""{"x":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'x' has the unknown number type 'F99'.")]
    [InlineData("""{"x":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "tensor 'x' holds F8_E4M3 numbers, which are not read.")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "tensor 'x' of shape [2] needs 8 bytes, but its offsets are 0 to 4.")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "tensor 'x' of shape [1] needs 4 bytes, but its offsets are 4 to 0.")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "tensor 'x' ends at byte 8, but only 4 bytes follow the header; the file may be cut off.")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "its tensors end at byte 4, but 8 bytes follow the header.")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "tensor 'x' begins at byte 4, where 0 was expected (tensors follow each other without gap or overlap).")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "tensor 'y' begins at byte 2, where 4 was expected")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "its header is not valid JSON.")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "tensor 'x' of shape [2147483647, 2147483647, 2147483647] is too large")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "tensor 'x' of shape [4294967296, 4294967296] is too large")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "tensor 'x' has 17 dimensions; up to 16 are read.")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__ is not an object of texts.")]
    [InlineData("""{"__metadata__":"a"}""", 0, "__metadata__ is not an object of texts.")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "its header is not valid JSON.")]
    [InlineData("""{"a\nb":1}""", 0, "tensor 'a?b' is not described by")]
    public void A_wrong_header_is_refused_in_one_sentence(string header, int dataBytes, string reason)
    {
        var error = Assert.Throws<StyleLabException>(() => Safetensors.Read(File(header, new byte[dataBytes])));
        Assert.StartsWith("The data is not a safetensors file that can be read: " + reason, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_header_that_is_no_text_or_nested_without_end_is_refused()
    {
        var wrongText = File("{\"x\":1}");
        wrongText[11] = 0xFF;
        Refused(wrongText, "not valid JSON");
        Refused(File(new string('[', 100_000)), "not valid JSON");
    }

    [Fact]
    public void A_length_beyond_the_file_is_refused_before_anything_is_allocated()
    {
        Refused([], "it is 0 bytes long");
        Refused([1, 2, 3], "it is 3 bytes long");
        foreach (var length in new[] { 3UL, 1UL << 31, ulong.MaxValue })
        {
            var file = new byte[10];
            BinaryPrimitives.WriteUInt64LittleEndian(file, length);
            Refused(file, $"it announces a header of {length} bytes, but has 2 bytes after that number");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(File("""{"x":{"dtype":"F32","shape":[500000000],"data_offsets":[0,2000000000]}}"""), "the file may be cut off");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void A_long_or_strange_name_stays_one_short_line()
    {
        var error = Assert.Throws<StyleLabException>(() => Safetensors.Read(File("{\"" + new string('n', 5000) + "\":1}")));
        Assert.InRange(error.Message.Length, 1, 300);
    }

    [Fact]
    public void A_damaged_file_gives_tensors_or_one_sentence()
    {
        var whole = Write(
            new Dictionary<string, WeightArray> { ["a"] = new([2, 3], [1, 2, 3, 4, 5, 6]), ["b"] = new([4], [1, 2, 3, 4]) });
        var random = new Random(1);
        var refused = 0;
        for (var trial = 0; trial < 5_000; trial++)
        {
            var file = whole.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                file[random.Next(file.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"0129-[]{},:\"eE."[random.Next(15)];
            if (random.Next(4) == 0)
                file = file[..random.Next(file.Length)];
            try
            {
                Assert.All(Safetensors.Read(file).Values, tensor =>
                    Assert.Equal(tensor.Values.Length, tensor.Shape.Aggregate(1, (count, size) => count * size)));
            }
            catch (StyleLabException error)
            {
                refused++;
                Assert.DoesNotContain('\n', error.Message);
                Assert.InRange(error.Message.Length, 20, 400);
            }
        }
        Assert.InRange(refused, 1_000, 4_999);
    }

    [Fact]
    public void Files_of_another_writer_are_read()
    {
        var pictures = Golden.Read("pictures");
        Assert.Equal(["content", "overshoot", "picture", "start", "style"], pictures.Keys.Order());
        Assert.Equal([1, 3, 40, 36], pictures["style"].Shape);
        Assert.All(pictures["style"].Values, value => Assert.InRange(value, 0, 1));
        Assert.Equal([], Golden.Read("losses_picture")["range.loss"].Shape);
    }

    [Fact]
    public void An_array_whose_values_do_not_fill_its_shape_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new WeightArray([2, 3], new float[5]));
        Assert.Throws<ArgumentException>(() => new WeightArray([-1, -1], new float[1]));
        Assert.Throws<ArgumentException>(() => new WeightArray([int.MaxValue, int.MaxValue, int.MaxValue], []));
    }

    private static void Refused(byte[] file, string reason) =>
        Assert.Contains(reason, Assert.Throws<StyleLabException>(() => Safetensors.Read(file)).Message);

    private static byte[] Write(IEnumerable<KeyValuePair<string, WeightArray>> tensors, bool half = false)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, tensors, half);
        return stream.ToArray();
    }

    private static byte[] File(string header, byte[]? data = null)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data ?? []];
    }

    private sealed class ForwardStream(byte[] data) : MemoryStream(data)
    {
        public override bool CanSeek => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    }
}
