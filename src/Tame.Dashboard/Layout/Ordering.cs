namespace Tame.Dashboards.Layout;

/// <summary>
/// Orders the items of each row so that few edges cross. It orders each row by the average place of its neighbors in the row before, alternately downward and
/// upward, and keeps the best order.
/// </summary>
internal static class Ordering
{
    private const int Sweeps = 12;

    public static void Apply(Rows rows)
    {
        Start(rows);
        var best = Copy(rows);
        long fewest = Crossings(rows);
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            bool down = sweep % 2 == 0;
            for (int i = 1; i < rows.Items.Length; i++)
                Sort(rows, down ? i : rows.Items.Length - 1 - i, down ? rows.Above : rows.Below);
            long crossings = Crossings(rows);
            if (crossings < fewest)
                (fewest, best) = (crossings, Copy(rows));
        }
        for (int i = 0; i < best.Length; i++)
            rows.Items[i] = best[i];
        rows.NotePlaces();
    }

    /// <summary>Visits the nodes depth first from the top, so that connected nodes are close to each other.</summary>
    private static void Start(Rows rows)
    {
        var order = new int[rows.Count];
        int next = 1;
        var stack = new Stack<int>(rows.Items.SelectMany(row => row).Reverse());
        while (stack.TryPop(out int item))
        {
            if (order[item] != 0)
                continue;
            order[item] = next++;
            for (int i = rows.Below[item].Count - 1; i >= 0; i--)
                stack.Push(rows.Below[item][i]);
        }
        foreach (var row in rows.Items)
            row.Sort((left, right) => order[left].CompareTo(order[right]));
        rows.NotePlaces();
    }

    private static void Sort(Rows rows, int row, List<List<int>> neighbors)
    {
        var items = rows.Items[row];
        var middle = items.ToDictionary(item => item, item => neighbors[item].Count == 0 ? rows.Place[item] : neighbors[item].Average(other => rows.Place[other]));
        rows.Items[row] = [.. items.OrderBy(item => middle[item])];
        for (int i = 0; i < items.Count; i++)
            rows.Place[rows.Items[row][i]] = i;
    }

    private static List<int>[] Copy(Rows rows) => [.. rows.Items.Select(row => row.ToList())];

    private static long Crossings(Rows rows)
    {
        long all = 0;
        for (int i = 0; i + 1 < rows.Items.Length; i++)
            all += Crossings(rows, rows.Items[i], rows.Items[i + 1].Count);
        return all;
    }

    /// <summary>Counts the pairs of edges in the wrong order with a binary indexed tree, as Barth, Jünger and Mutzel do.</summary>
    private static long Crossings(Rows rows, List<int> upper, int width)
    {
        var tree = new int[width + 1];
        int seen = 0;
        long crossings = 0;
        foreach (int item in upper)
        {
            foreach (int below in rows.Below[item])
            {
                int notRight = 0;
                for (int i = rows.Place[below] + 1; i > 0; i -= i & -i)
                    notRight += tree[i];
                crossings += seen - notRight;
            }
            foreach (int below in rows.Below[item])
            {
                seen++;
                for (int i = rows.Place[below] + 1; i <= width; i += i & -i)
                    tree[i]++;
            }
        }
        return crossings;
    }
}
