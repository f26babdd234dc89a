using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Cardea.Bench.Profile;

/// <summary>Refers, in one assembly, to types and methods of others.</summary>
internal sealed class References(MetadataBuilder metadata, KnownTypes known)
{
    /// <summary>As the just-in-time compiler writes them.</summary>
    private static readonly Dictionary<string, SignatureTypeCode> s_primitives = new()
    {
        ["bool"] = SignatureTypeCode.Boolean,
        ["char"] = SignatureTypeCode.Char,
        ["sbyte"] = SignatureTypeCode.SByte,
        ["byte"] = SignatureTypeCode.Byte,
        ["short"] = SignatureTypeCode.Int16,
        ["ushort"] = SignatureTypeCode.UInt16,
        ["int"] = SignatureTypeCode.Int32,
        ["uint"] = SignatureTypeCode.UInt32,
        ["long"] = SignatureTypeCode.Int64,
        ["ulong"] = SignatureTypeCode.UInt64,
        ["float"] = SignatureTypeCode.Single,
        ["double"] = SignatureTypeCode.Double,
        ["nint"] = SignatureTypeCode.IntPtr,
        ["nuint"] = SignatureTypeCode.UIntPtr,
    };

    private readonly Dictionary<object, EntityHandle> _rows = [];

    /// <summary>All methods that may be meant; none when a type is not known.</summary>
    public IEnumerable<EntityHandle> To(UsedMethod used)
    {
        var typeArguments = EncodeAll(used.Type.Arguments);
        var methodArguments = EncodeAll(used.Arguments);
        return typeArguments is null || methodArguments is null
            ? []
            : from type in known.Find(used.Type.Definition)
              where type.Definition.GetGenericParameters().Count == used.Type.Arguments.Count
              from method in type.Methods
              where type.Metadata.StringComparer.Equals(method.Name, used.Name) && method.GetGenericParameters().Count == used.Arguments.Count
              select Instantiated(To(Instantiated(type, typeArguments), type, method), methodArguments);
    }

    /// <summary>All methods with code in an assembly but what is generic: in which instantiations it is used, the assembly does not say.</summary>
    public IEnumerable<EntityHandle> ToAllOf(string assembly) =>
        from type in known.In(assembly)
        where type.Definition.GetGenericParameters().Count == 0
        from method in type.Methods
        where method.RelativeVirtualAddress != 0 && method.GetGenericParameters().Count == 0
        select To(To(type), type, method);

    public EntityHandle To(KnownType type)
    {
        var (names, definition) = (type.Metadata, type.Definition);
        var scope = definition.GetDeclaringType() is { IsNil: false } outer ? To(type with { Handle = outer }) : ToAssembly(type.Assembly);
        return ToType(scope, names.GetString(definition.Namespace), names.GetString(definition.Name));
    }

    public EntityHandle ToType(EntityHandle scope, string space, string name) => Once((scope, space, name), () =>
        metadata.AddTypeReference(scope, metadata.GetOrAddString(space), metadata.GetOrAddString(name)));

    public EntityHandle ToAssembly(string name) => Once(name, () =>
        metadata.AddAssemblyReference(metadata.GetOrAddString(name), new(0, 0, 0, 0), default, default, default, default));

    private EntityHandle To(EntityHandle parent, KnownType type, MethodDefinition method)
    {
        var name = metadata.GetOrAddString(type.Metadata.GetString(method.Name));
        var signature = metadata.GetOrAddBlob(new SignatureCopy(this, type.Assembly).Of(method));
        return Once((parent, name, signature), () => metadata.AddMemberReference(parent, name, signature));
    }

    private EntityHandle Instantiated(KnownType type, byte[][] arguments)
    {
        if (arguments is []) { return To(type); }

        var signature = metadata.GetOrAddBlob(Signature.Instantiation(Signature.Type(To(type), type.IsValue), arguments));
        return Once(signature, () => metadata.AddTypeSpecification(signature));
    }

    private EntityHandle Instantiated(EntityHandle method, byte[][] arguments)
    {
        if (arguments is []) { return method; }

        var signature = metadata.GetOrAddBlob(Signature.MethodInstantiation(arguments));
        return Once((method, signature), () => metadata.AddMethodSpecification(method, signature));
    }

    private byte[][]? EncodeAll(IReadOnlyList<UsedType> types)
    {
        var encoded = types.Select(Encode).OfType<byte[]>().ToArray();
        return encoded.Length == types.Count ? encoded : null;
    }

    private byte[]? Encode(UsedType type)
    {
        if (s_primitives.TryGetValue(type.Definition, out var primitive)) { return [(byte)primitive]; }

        // One piece of code serves all classes. The compiler looks for their placeholder in an assembly that exists in profiles only.
        if (type.Definition is "System.__Canon") { return Signature.Type(ToType(ToAssembly("System.Private.Canon"), "System", "__Canon"), isValue: false); }

        if (EncodeAll(type.Arguments) is not { } arguments || known.Find(type.Definition) is not [var definition, ..]) { return null; }

        var open = Signature.Type(To(definition), definition.IsValue);
        return arguments is [] ? open : Signature.Instantiation(open, arguments);
    }

    private EntityHandle Once(object row, Func<EntityHandle> add)
    {
        if (!_rows.TryGetValue(row, out var handle)) { _rows[row] = handle = add(); }
        return handle;
    }
}
