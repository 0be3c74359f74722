using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>Where what widgets say goes: the clients of a kernel.</summary>
internal interface IWidgetFrontEnd
{
    /// <param name="type">"comm_open", "comm_msg" or "comm_close".</param>
    /// <param name="id">Of the conversation.</param>
    /// <param name="data">What is said.</param>
    /// <param name="metadata">What is said of the message itself, if anything.</param>
    /// <param name="buffers">Binary data.</param>
    void Send(string type, string id, JsonObject data, JsonObject? metadata, byte[][] buffers);
}
