namespace Tame.Dashboards.Layout;

/// <summary>Finds the middles of ordered items: each as near to its neighbors as the distances of its row allow.</summary>
internal static class Coordinates
{
    private const int Sweeps = 10;

    /// <summary>How much more strongly a point of a long edge pulls than a node, so that long edges are straight.</summary>
    private const double Straightness = 4;

    public static double[] Of(Rows rows)
    {
        var x = new double[rows.Count];
        foreach (var row in rows.Items)
        {
            for (int i = 1; i < row.Count; i++)
                x[row[i]] = x[row[i - 1]] + rows.Distance(row[i - 1], row[i]);
        }
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            for (int i = 0; i < rows.Items.Length; i++)
                Pull(rows, rows.Items[down ? i : rows.Items.Length - 1 - i], x, sweep == Sweeps - 1 ? null : down);
        }
        return x;
    }

    /// <summary>
    /// Moves the items of a row toward their neighbors above, below, or both. After the distances are subtracted, the middles must not decrease from left to
    /// right. The method finds the nearest such numbers: it pools neighboring items whose wanted places are in the wrong order.
    /// </summary>
    private static void Pull(Rows rows, List<int> row, double[] x, bool? down)
    {
        var pools = new List<(double Sum, double Weight, int Count)>();
        double offset = 0;
        for (int i = 0; i < row.Count; i++)
        {
            if (i != 0)
                offset += rows.Distance(row[i - 1], row[i]);
            var (wanted, weight) = Wanted(rows, row[i], x, down);
            pools.Add(((wanted - offset) * weight, weight, 1));
            while (pools.Count > 1 && pools[^2].Sum / pools[^2].Weight > pools[^1].Sum / pools[^1].Weight)
            {
                var (left, right) = (pools[^2], pools[^1]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add((left.Sum + right.Sum, left.Weight + right.Weight, left.Count + right.Count));
            }
        }
        offset = 0;
        int at = 0;
        foreach (var pool in pools)
        {
            for (int i = 0; i < pool.Count; i++, at++)
            {
                if (at != 0)
                    offset += rows.Distance(row[at - 1], row[at]);
                x[row[at]] = pool.Sum / pool.Weight + offset;
            }
        }
    }

    private static (double X, double Weight) Wanted(Rows rows, int item, double[] x, bool? down)
    {
        double sum = 0, weight = 0;
        if (down != false)
            Add(rows.Above[item]);
        if (down != true)
            Add(rows.Below[item]);
        return weight == 0 ? (x[item], 0.1) : (sum / weight, weight);

        void Add(List<int> neighbors)
        {
            foreach (int other in neighbors)
            {
                double pull = rows.IsNode(item) || rows.IsNode(other) ? 1 : Straightness;
                sum += pull * x[other];
                weight += pull;
            }
        }
    }
}
