namespace StyleLab.Pictures.Profiles;

/// <summary>Colours at the points of a grid over red, green and blue.</summary>
/// <param name="points">How many points the grid has along red, green and blue; at least two.</param>
/// <param name="colors">Three numbers of 0..1 a point; blue changes first.</param>
internal sealed class ColorGrid(int[] points, float[] colors)
{
    private readonly int[] _strides = [3 * points[1] * points[2], 3 * points[2], 3];

    /// <summary>
    /// Replaces a colour of 0..1 by that of the grid: between the four corners of the tetrahedron that it lies in (Kasson, Plouffe and Nin 1993), so that greys are
    /// between greys.
    /// </summary>
    public void Follow(double[] color)
    {
        int corner = 0;
        Span<double> part = stackalloc double[3];
        Span<int> order = [0, 1, 2];
        for (int axis = 0; axis < 3; axis++)
        {
            double place = Math.Clamp(color[axis], 0, 1) * (points[axis] - 1);
            int below = Math.Min((int)place, points[axis] - 2);
            part[axis] = place - below;
            corner += below * _strides[axis];
        }

        // The way from the corner below to the one above goes along the axis of the largest part first.
        if (part[order[0]] < part[order[1]])
            (order[0], order[1]) = (order[1], order[0]);
        if (part[order[1]] < part[order[2]])
            (order[1], order[2]) = (order[2], order[1]);
        if (part[order[0]] < part[order[1]])
            (order[0], order[1]) = (order[1], order[0]);
        int second = corner + _strides[order[0]], third = second + _strides[order[1]], fourth = third + _strides[order[2]];
        double most = part[order[0]], middle = part[order[1]], least = part[order[2]];
        for (int i = 0; i < 3; i++)
            color[i] = colors[corner + i] * (1 - most) + colors[second + i] * (most - middle) + colors[third + i] * (middle - least) + colors[fourth + i] * least;
    }
}
