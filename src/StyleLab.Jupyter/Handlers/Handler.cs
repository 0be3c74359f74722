using System.Text.Json.Nodes;
using StyleLab.Jupyter.Messages;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Does what a request asks and gives the content of the reply; null if there is none.</summary>
internal delegate JsonObject? Handler(Request request);
