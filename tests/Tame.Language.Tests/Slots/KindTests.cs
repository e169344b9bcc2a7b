namespace Tame.Language.Tests.Slots;

/// <summary>Every kind of slot: what it is, and that it is located when the event is made and written when it triggers.</summary>
public sealed partial class KindTests
{
    private static int s_number = 1;
    private static Cell s_cell;

    private struct Inner
    {
        public int Deep;
    }

    private struct Cell
    {
        public int Value;
        public Inner Inner;
    }

    private sealed class Node(int value)
    {
        public int Value = value;
        public Cell Cell;
        public Node? Next;
        public readonly Cell[] Cells = new Cell[2];
    }

    [Fact]
    public void Variables_and_statics_are_slots() => Assert.Equal("1 2 3 4 5 6", Trace.Of(Variables));

    private static void Variables(Trace trace, Event done) => Variables(trace, 0, done);

    [Tamed] private static partial void Variables(Trace trace, int parameter, Event done);

    private static void VariablesBody(Trace trace, int parameter, Event done)
    {
        int local;
        Cell cell = default;
        using (twait())
        {
            Give(1, mkevent(out local));
            Give(2, mkevent(out parameter));
            Give(3, mkevent(out s_number!));
            Give(4, mkevent(out KindTests.s_cell.Inner.Deep));
            Give(5, mkevent(out cell.Value));
            Give(6, mkevent(out (cell.Inner).Deep));
        }

        trace.Add($"{local} {parameter} {s_number} {s_cell.Inner.Deep} {cell.Value} {cell.Inner.Deep}");
        done.Trigger();
    }

    [Fact]
    public void Elements_of_arrays_of_every_rank_are_slots() => Assert.Equal("1 2 3 4 5 6 7", Trace.Of(Elements));

    [Tamed] private static partial void Elements(Trace trace, Event done);

    private static void ElementsBody(Trace trace, Event done)
    {
        var one = new int[3];
        var two = new int[2, 2];
        var three = new Cell[2, 2, 2];
        int[][] jagged = [[0], [0, 0]];
        byte small = 1;
        long large = 0;
        Index last = ^1;
        using (twait())
        {
            Give(1, mkevent(out one[small]));
            Give(2, mkevent(out one[^1]));
            Give(3, mkevent(out two[1, large]));
            Give(4, mkevent(out three[1, 0, 1].Inner.Deep));
            Give(5, mkevent(out jagged[1][0]));
            Give(6, mkevent(out jagged[^1][last]));
            Give(7, mkevent(out one[large]));
        }

        trace.Add($"{one[1]} {one[2]} {two[1, 0]} {three[1, 0, 1].Inner.Deep} {jagged[1][0]} {jagged[1][1]} {one[0]}");
        done.Trigger();
    }

    [Fact]
    public void Fields_of_objects_are_slots_through_structs_as_deep_as_you_like() => Assert.Equal("1 2 3 4 5 6 7", Trace.Of(Fields));

    [Tamed] private static partial void Fields(Trace trace, Event done);

    private static void FieldsBody(Trace trace, Event done)
    {
        var node = new Node(0) { Next = new Node(0) };
        object o = node;
        var tuples = new (int First, Cell Second)[1];
        using (twait())
        {
            Give(1, mkevent(out node.Value));
            Give(2, mkevent(out node.Next!.Cell.Inner.Deep));
            Give(3, mkevent(out ((Node)o).Cell.Value));
            Give(4, mkevent(out (node.Next ?? node).Value));
            Give(5, mkevent(out Same(node).Cells[1].Inner.Deep));
            Give(6, mkevent(out tuples[0].First));
            Give(7, mkevent(out tuples[0].Second.Inner.Deep));
        }

        trace.Add($"{node.Value} {node.Next!.Cell.Inner.Deep} {node.Cell.Value} {node.Next.Value} {node.Cells[1].Inner.Deep} {tuples[0].First} {tuples[0].Second.Inner.Deep}");
        done.Trigger();
    }

    private static Node Same(Node node) => node;

    [Fact]
    public void Fields_of_this_object_its_base_and_its_primary_constructor_are_slots() => Assert.Equal("1 2 3 4 5", Trace.Of(new Derived(0, new Cell()).Own));

    private abstract class Base
    {
        protected int _field;
        internal Cell _cell;
    }

    private sealed partial class Derived(int captured, Cell box) : Base
    {
        [Tamed] public partial void Own(Trace trace, Event done);

        private void OwnBody(Trace trace, Event done)
        {
            using (twait())
            {
                Give(1, mkevent(out _field));
                Give(2, mkevent(out this._cell.Value));
                Give(3, mkevent(out base._cell.Inner.Deep));
                Give(4, mkevent(out captured));
                Give(5, mkevent(out box.Inner.Deep));
            }

            trace.Add($"{_field} {_cell.Value} {_cell.Inner.Deep} {captured} {box.Inner.Deep}");
            done.Trigger();
        }
    }

    [Fact]
    public void An_event_has_up_to_four_slots_in_the_order_of_their_names() => Assert.Equal("1 a 2 b 3 c 4 d", Trace.Of(Four));

    [Tamed] private static partial void Four(Trace trace, Event done);

    private static void FourBody(Trace trace, Event done)
    {
        int one = 0, three = 0;
        string? two = null, four = null;
        using (twait()) mkevent(slot2: out two, slot1: out one).Trigger(1, "a");
        trace.Add($"{one} {two}");
        using (twait()) mkevent(out one, out two, out three).Trigger(2, "b", 3);
        trace.Add($"{one} {two} {three}");
        using (twait()) mkevent(slot4: out four, slot3: out one, slot2: out two, slot1: out three).Trigger(0, "c", 4, "d");
        trace.Add($"{two} {one} {four}");
        done.Trigger();
    }

    private static void Give(int value, Event<int> e) => e.Trigger(value);
}
