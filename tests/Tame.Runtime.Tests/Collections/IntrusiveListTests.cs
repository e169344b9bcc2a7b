using CsCheck;

namespace Tame.Runtime.Tests.Collections;

public sealed class IntrusiveListTests
{
    private enum Step
    {
        AddFirst,
        AddLast,
        Remove,
    }

    private static readonly Gen<(Step, int)[]> s_steps = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 7]).Array[0, 40];

    [Fact]
    public void It_has_what_a_list_with_nodes_has() => s_steps.Sample(steps =>
    {
        var items = Enumerable.Range(0, 8).Select(_ => new Item()).ToArray();
        var list = new IntrusiveList<Item, Item.InList>();
        var model = new LinkedList<Item>();
        foreach (var (step, number) in steps)
        {
            var item = items[number];
            Do(step, item, ref list, model);
            Assert.Same(model.First?.Value, list.First);
            Assert.Same(model.Last?.Value, list.Last);
            Assert.Equal(model, Forward(list));
            Assert.Equal(model.Reverse(), Backward(list));
            Assert.All(items.Except(model), free => Assert.Equal(default, free.Links));
        }
    });

    private static void Do(Step step, Item item, ref IntrusiveList<Item, Item.InList> list, LinkedList<Item> model)
    {
        bool isIn = model.Contains(item);
        if (step == Step.Remove && isIn)
        {
            list.Remove(item);
            model.Remove(item);
        }
        else if (step == Step.AddFirst && !isIn)
        {
            list.AddFirst(item);
            model.AddFirst(item);
        }
        else if (step == Step.AddLast && !isIn)
        {
            list.AddLast(item);
            model.AddLast(item);
        }
    }

    private static IEnumerable<Item> Forward(IntrusiveList<Item, Item.InList> list)
    {
        for (var item = list.First; item is not null; item = IntrusiveList<Item, Item.InList>.After(item))
            yield return item;
    }

    private static IEnumerable<Item> Backward(IntrusiveList<Item, Item.InList> list)
    {
        for (var item = list.Last; item is not null; item = item.Links.Previous)
            yield return item;
    }

    private sealed class Item
    {
        public Links<Item> Links;

        public readonly struct InList : ILinks<Item>
        {
            public static ref Links<Item> Of(Item item) => ref item.Links;
        }
    }
}
