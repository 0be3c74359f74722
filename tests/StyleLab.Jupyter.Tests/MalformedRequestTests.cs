using System.Text;
using StyleLab.Jupyter.Messages;

namespace StyleLab.Jupyter.Tests;

/// <summary>A signed request may still be one that no other client could read when it comes back as a parent header.</summary>
public sealed class MalformedRequestTests
{
    private readonly MessageCodec _codec = new("a key");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void BytesThatAreNoTextAreNotTaken(int frame)
    {
        byte[][] json = [.. new[] { "{\"msg_type\":\"kernel_info_request\",\"x\":\"~\"}", "{\"x\":\"~\"}", "{\"x\":\"~\"}", "{\"x\":\"~\"}" }.Select(Encoding.UTF8.GetBytes)];
        Assert.NotNull(_codec.Decode(Message(json)));
        json[frame][Array.IndexOf(json[frame], (byte)'~')] = 0xBF;
        Assert.Null(_codec.Decode(Message(json)));
    }

    [Theory]
    [InlineData("{\"msg_type\":\"a_request\",\"msg_type\":\"b_request\"}")]
    [InlineData("[]")]
    [InlineData("{\"msg_type\":1}")]
    [InlineData("{\"msg_type\"")]
    public void AHeaderThatSaysNoTypeIsNotTaken(string header) =>
        Assert.Null(_codec.Decode(Message([Encoding.UTF8.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()])));

    private static byte[][] Message(byte[][] json) => ["<IDS|MSG>"u8.ToArray(), new Signature("a key").Of(json), .. json];
}
