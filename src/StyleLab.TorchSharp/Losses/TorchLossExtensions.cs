using TorchSharp;

namespace StyleLab;

/// <summary>Losses written in torch beside those of the library. Their gradients are torch's own, on either engine.</summary>
public static class TorchLossExtensions
{
    extension(Loss)
    {
        /// <summary>A loss of your own in torch over one feature map.</summary>
        /// <param name="layers">The layers whose feature maps are passed, one after the other, or "input"; the loss is the sum over them.</param>
        /// <param name="loss">From the feature map, 1×C×H×W with the margin of the run, to a single value; called at every step.</param>
        /// <param name="name">Its name in the tree of losses.</param>
        /// <example><code>Loss.Torch("relu3_1", f => f.topk(100).values.mean())</code></example>
        public static Loss Torch(LayerPick layers, Func<torch.Tensor, torch.Tensor> loss, string name = "torch") =>
            TorchLoss.OfEachMap(layers, name, loss);

        /// <summary>A loss of your own in torch over several feature maps at once.</summary>
        /// <param name="layers">The layers whose feature maps are passed.</param>
        /// <param name="loss">From the feature maps by name to a single value; called at every step.</param>
        /// <param name="name">Its name in the tree of losses.</param>
        /// <example><code>Loss.Torch("relu1_1,relu2_1", maps => (maps["relu1_1"].mean() - maps["relu2_1"].mean()).square())</code></example>
        public static Loss Torch(LayerPick layers, Func<IReadOnlyDictionary<string, torch.Tensor>, torch.Tensor> loss, string name = "torch") =>
            TorchLoss.OfAllMaps(layers, name, loss);

        /// <summary>A loss of your own in torch that compares feature maps with those of a picture, at every size of the run.</summary>
        /// <param name="layers">The layers whose feature maps are passed, one after the other; the loss is the sum over them.</param>
        /// <param name="picture">The picture to compare with. Like a content picture it is brought to the size of the run.</param>
        /// <param name="loss">From the feature map and that of the picture to a single value; called at every step.</param>
        /// <param name="name">Its name in the tree of losses.</param>
        /// <param name="asStyle">True for a picture that keeps its own size, as that of a style does: its maps then have other positions.</param>
        /// <example><code>Loss.Torch("relu2_1", photo, (f, target) => torch.nn.functional.smooth_l1_loss(f, target))</code></example>
        public static Loss Torch(LayerPick layers, Picture picture, Func<torch.Tensor, torch.Tensor, torch.Tensor> loss, string name = "torch", bool asStyle = false) =>
            TorchLoss.OfTargets(layers, picture, name, asStyle, target => map => loss(map, target));

        /// <summary>The same for what can be made of the picture once: from its feature map to the loss of a map, which is then called at every step.</summary>
        /// <param name="layers">The layers whose feature maps are passed, one after the other; the loss is the sum over them.</param>
        /// <param name="picture">The picture to compare with.</param>
        /// <param name="prepare">From the feature map of the picture to a loss; called once for each size of a run.</param>
        /// <param name="name">Its name in the tree of losses.</param>
        /// <param name="asStyle">True for a picture that keeps its own size, as that of a style does: its maps then have other positions.</param>
        public static Loss Torch(
            LayerPick layers, Picture picture, Func<torch.Tensor, Func<torch.Tensor, torch.Tensor>> prepare, string name = "torch", bool asStyle = false) =>
            TorchLoss.OfTargets(layers, picture, name, asStyle, prepare);
    }
}
