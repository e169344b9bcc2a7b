namespace Tame.Dashboards.Layout;

/// <summary>Gives each node of a component a row below all nodes that lead to it. Edges that close a cycle do not count.</summary>
internal static class Layers
{
    /// <returns>Whether each edge closes a cycle. Without these edges there is no cycle. An edge from a node to itself closes one.</returns>
    public static bool[] BackEdges(Component graph)
    {
        var leaving = graph.EdgesFrom();
        var isBack = new bool[graph.From.Length];
        var state = new Visit[graph.Nodes.Count];
        var hasEntering = new bool[graph.Nodes.Count];
        foreach (int to in graph.To)
            hasEntering[to] = true;
        var starts = Enumerable.Range(0, graph.Nodes.Count);
        foreach (int start in starts.Where(node => !hasEntering[node]).Concat(starts))
            Search(start);
        return isBack;

        // Without recursion: a chain of calls may be longer than the stack.
        void Search(int start)
        {
            if (state[start] != Visit.None)
                return;
            var path = new Stack<(int Node, int Next)>([(start, 0)]);
            state[start] = Visit.OnPath;
            while (path.TryPop(out var top))
            {
                if (top.Next == leaving[top.Node].Count)
                {
                    state[top.Node] = Visit.Done;
                    continue;
                }
                path.Push((top.Node, top.Next + 1));
                int edge = leaving[top.Node][top.Next];
                int to = graph.To[edge];
                if (state[to] == Visit.OnPath)
                    isBack[edge] = true;
                else if (state[to] == Visit.None)
                {
                    state[to] = Visit.OnPath;
                    path.Push((to, 0));
                }
            }
        }
    }

    /// <returns>The row of each node: the longest path to it. A node that no edge leads to is put directly above the first node it leads to.</returns>
    public static int[] Rows(Component graph, bool[] isBack)
    {
        int count = graph.Nodes.Count;
        var leaving = graph.EdgesFrom();
        var entering = new int[count];
        for (int e = 0; e < isBack.Length; e++)
            entering[graph.To[e]] += isBack[e] ? 0 : 1;
        var isSource = entering.Select(edges => edges == 0).ToArray();
        var rows = new int[count];
        var ready = new Queue<int>(Enumerable.Range(0, count).Where(node => isSource[node]));
        while (ready.TryDequeue(out int node))
        {
            foreach (int edge in leaving[node].Where(edge => !isBack[edge]))
            {
                int to = graph.To[edge];
                rows[to] = Math.Max(rows[to], rows[node] + 1);
                if (--entering[to] == 0)
                    ready.Enqueue(to);
            }
        }
        for (int node = 0; node < count; node++)
        {
            if (isSource[node] && leaving[node].Exists(edge => !isBack[edge]))
                rows[node] = leaving[node].Where(edge => !isBack[edge]).Min(edge => rows[graph.To[edge]]) - 1;
        }
        return rows;
    }

    private enum Visit
    {
        None,
        OnPath,
        Done,
    }
}
