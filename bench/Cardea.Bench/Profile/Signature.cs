using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Cardea.Bench.Profile;

/// <summary>Pieces of signatures, as ECMA-335 writes them (II.23.2).</summary>
internal static class Signature
{
    public static byte[] Type(EntityHandle reference, bool isValue) =>
        [(byte)(isValue ? SignatureTypeKind.ValueType : SignatureTypeKind.Class), .. Token(reference)];

    public static byte[] Instantiation(byte[] type, IReadOnlyCollection<byte[]> arguments) =>
        [(byte)SignatureTypeCode.GenericTypeInstance, .. type, .. List(arguments)];

    public static byte[] MethodInstantiation(IReadOnlyCollection<byte[]> arguments) => [(byte)SignatureKind.MethodSpecification, .. List(arguments)];

    public static byte[] Method(MethodSignature<byte[]> signature) =>
    [
        signature.Header.RawValue,
        .. signature.Header.IsGeneric ? Number(signature.GenericParameterCount) : [],
        .. Number(signature.ParameterTypes.Length),
        .. signature.ReturnType,
        .. signature.ParameterTypes.SelectMany(type => type),
    ];

    public static byte[] Token(EntityHandle type) => Number(CodedIndex.TypeDefOrRefOrSpec(type));

    public static byte[] Number(int value)
    {
        var bytes = new BlobBuilder();
        bytes.WriteCompressedInteger(value);
        return bytes.ToArray();
    }

    private static byte[] List(IReadOnlyCollection<byte[]> types) => [.. Number(types.Count), .. types.SelectMany(type => type)];
}

/// <summary>Repeats the signature of a method in another assembly.</summary>
internal sealed class SignatureCopy(References references, string assembly) : ISignatureTypeProvider<byte[], object?>
{
    public byte[] Of(MethodDefinition method) => Signature.Method(method.DecodeSignature(this, genericContext: null));

    public byte[] GetPrimitiveType(PrimitiveTypeCode type) => [(byte)type];

    public byte[] GetGenericTypeParameter(object? genericContext, int index) => [(byte)SignatureTypeCode.GenericTypeParameter, .. Signature.Number(index)];

    public byte[] GetGenericMethodParameter(object? genericContext, int index) => [(byte)SignatureTypeCode.GenericMethodParameter, .. Signature.Number(index)];

    public byte[] GetSZArrayType(byte[] element) => [(byte)SignatureTypeCode.SZArray, .. element];

    public byte[] GetPointerType(byte[] element) => [(byte)SignatureTypeCode.Pointer, .. element];

    public byte[] GetByReferenceType(byte[] element) => [(byte)SignatureTypeCode.ByReference, .. element];

    public byte[] GetPinnedType(byte[] element) => [(byte)SignatureTypeCode.Pinned, .. element];

    public byte[] GetArrayType(byte[] element, ArrayShape shape) =>
    [
        (byte)SignatureTypeCode.Array, .. element, .. Signature.Number(shape.Rank),
        .. Signature.Number(shape.Sizes.Length), .. shape.Sizes.SelectMany(Signature.Number),
        .. Signature.Number(shape.LowerBounds.Length), .. shape.LowerBounds.SelectMany(bound => Signature.Number(bound)),
    ];

    public byte[] GetGenericInstantiation(byte[] type, System.Collections.Immutable.ImmutableArray<byte[]> arguments) => Signature.Instantiation(type, arguments);

    public byte[] GetFunctionPointerType(MethodSignature<byte[]> signature) => [(byte)SignatureTypeCode.FunctionPointer, .. Signature.Method(signature)];

    /// <summary>A modifier comes as a type: its first byte says of which kind, which a modifier does not repeat.</summary>
    public byte[] GetModifiedType(byte[] modifier, byte[] unmodified, bool isRequired) =>
        [(byte)(isRequired ? SignatureTypeCode.RequiredModifier : SignatureTypeCode.OptionalModifier), .. modifier[1..], .. unmodified];

    public byte[] GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        [rawTypeKind, .. Signature.Token(references.To(new KnownType(assembly, reader, handle)))];

    public byte[] GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        [rawTypeKind, .. Signature.Token(ToReference(reader, handle))];

    public byte[] GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private EntityHandle ToReference(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var scope = type.ResolutionScope.Kind is HandleKind.TypeReference
            ? ToReference(reader, (TypeReferenceHandle)type.ResolutionScope)
            : references.ToAssembly(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name));
        return references.ToType(scope, reader.GetString(type.Namespace), reader.GetString(type.Name));
    }
}
