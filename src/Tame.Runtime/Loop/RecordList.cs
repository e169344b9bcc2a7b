namespace Tame;

/// <summary>Records in the order of adding, linked through themselves.</summary>
internal struct RecordList
{
    private Record? _first;
    private Record? _last;

    public int Count { get; private set; }

    public void Add(Record record)
    {
        record.Previous = _last;
        if (_last is null)
            _first = record;
        else
            _last.Next = record;
        _last = record;
        Count++;
    }

    public void Remove(Record record)
    {
        var previous = record.Previous;
        var next = record.NextRecord;
        if (previous is null)
            _first = next;
        else
            previous.Next = next;
        if (next is null)
            _last = previous;
        else
            next.Previous = previous;
        record.Previous = null;
        record.Next = null;
        Count--;
    }

    public Record? TakeFirst()
    {
        var record = _first;
        if (record is not null)
            Remove(record);
        return record;
    }
}
